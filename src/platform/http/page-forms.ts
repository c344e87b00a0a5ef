/** A rendered page in every form in which it is sent: plain, compressed, and “you have it already”. */

import { hash } from 'node:crypto';
import { compress, compressQuickly } from './compression.ts';
import type { Bytes } from './compression.ts';
import type { Accepted, Encoding } from './negotiation.ts';
import { textOf } from './page-text.ts';

/** What goes over the wire; names and values alternate in `headers`, which is how node:http sends them fastest. */
export interface Answer {
  status: number;
  headers: readonly string[];
  body: Bytes;
}

export interface PageForms {
  /** Undefined for answers that a client cannot ask for again by their tag: everything but 200. */
  etag: string | undefined;
  /** Those that are the same in every form, but for 304. */
  headers: readonly string[];
  notModified: Answer;
  /** Made when somebody first asks for it; a promise only as long as it is being made. */
  in(accepted: Accepted): Answer | Promise<Answer>;
}

export interface FormOptions {
  /** Whether hardly anybody will ask for the page again: then it is compressed well only if somebody does. */
  isRare?: boolean;
  /** What the client reads who asks first. */
  accepted: Accepted;
  /** The forms of the same address before, which are still good if the page has not changed. */
  before?: PageForms | undefined;
}

/** Of a longer page other requests should not have to wait for it to be compressed. */
const QUICK_BYTES = 256 * 1024;
const NOTHING = new Uint8Array();

export async function pageForms(
  response: Response,
  { isRare = false, accepted, before }: FormOptions,
): Promise<PageForms> {
  const { status } = response;
  const source = textOf(response) ?? new Uint8Array(await response.arrayBuffer());
  // From here to the first answer nobody else can use the bytes, for nothing is waited for.
  const bytes = bytesOf(source);
  const etag = status === 200 ? tagOf(bytes) : undefined;
  const headers = sharedHeaders(response.headers, etag);
  if (before?.etag !== undefined && before.etag === etag && isSame(before.headers, headers)) return before;
  const isQuick = isRare && bytes.length > 0 && bytes.length <= QUICK_BYTES;
  const made = new Map<Encoding, Answer | Promise<Answer>>();
  const quick = new Map<Encoding, Answer>();

  const answerWith = (body: Bytes, encoding: Encoding): Answer => {
    const coding = encoding === 'identity' || body.length === 0 ? [] : ['Content-Encoding', encoding];
    return { status, headers: [...headers, ...coding, 'Content-Length', String(body.length)], body };
  };
  const quickly = (body: Bytes, encoding: Encoding): Answer => {
    const answer = answerWith(encoding === 'identity' ? body : compressQuickly(body, encoding), encoding);
    quick.set(encoding, answer);
    return answer;
  };
  const make = async (encoding: Encoding): Promise<Answer> => {
    const answer = answerWith(await compress(ownBytesOf(source), encoding), encoding);
    made.set(encoding, answer);
    return answer;
  };
  const dense = (encoding: Encoding): Answer | Promise<Answer> => {
    const answer = made.get(encoding) ?? make(encoding);
    if (!made.has(encoding)) made.set(encoding, answer);
    return answer;
  };

  let first = isQuick && accepted.quick !== 'identity' ? quickly(bytes, accepted.quick) : undefined;
  return {
    etag,
    headers,
    notModified: { status: 304, headers: ofNotModified(headers), body: NOTHING },
    in({ quick: fast, dense: small }) {
      if (!isQuick || fast === 'identity') return dense(small);
      const known = quick.get(fast);
      if (known !== undefined && known === first) {
        first = undefined; // this is who asked first
        return known;
      }
      if (known === undefined && !made.has(small)) return quickly(ownBytesOf(source), fast);
      // Asked for again: the next ones get the dense form, this one need not wait for it.
      const second = dense(small);
      return second instanceof Promise ? (known ?? second) : second;
    },
  };
}

const encoder = new TextEncoder();
/** Most pages are done with as soon as they are compressed: to find room for each anew takes longer than to write it. */
const scratch = new Uint8Array(QUICK_BYTES);

/** Good until the next text is written. */
function bytesOf(source: string | Bytes): Bytes {
  if (typeof source !== 'string') return source;
  const { read, written } = encoder.encodeInto(source, scratch);
  return read === source.length ? scratch.subarray(0, written) : ownBytesOf(source);
}

function ownBytesOf(source: string | Bytes): Bytes {
  return typeof source === 'string' ? Buffer.from(source) : source;
}

/** What a 304 says (RFC 9110 §15.4.5); everything else the reader has with the page. A third of the bytes. */
const SAID_ANEW: ReadonlySet<string> = new Set(['cache-control', 'etag', 'last-modified', 'vary']);

function ofNotModified(headers: readonly string[]): string[] {
  return headers.filter((_, at) => SAID_ANEW.has(headers[at - (at % 2)] ?? ''));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}

/** Weak, because the plain and the compressed forms share it: a strong one promises the same bytes (RFC 9110 §8.8.1). */
function tagOf(body: Bytes): string {
  return `W/"${hash('sha1', body, 'base64url')}"`;
}

/** Those that are the same in every form. */
function sharedHeaders(given: Headers, etag: string | undefined): string[] {
  const headers: string[] = [];
  let hasPolicy = false;
  for (const [name, value] of given) {
    if (name === 'content-length' || name === 'vary' || (name === 'etag' && etag !== undefined)) continue;
    hasPolicy ||= name === 'cache-control';
    headers.push(name, value);
  }
  headers.push('vary', 'Accept-Encoding, Accept');
  if (etag !== undefined) {
    headers.push('etag', etag);
    if (!hasPolicy) headers.push('cache-control', 'no-cache');
  }
  return headers;
}
