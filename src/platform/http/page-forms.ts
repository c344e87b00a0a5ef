/** A rendered page in every form in which it is sent: plain, compressed, and “you have it already”. */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Encoding } from './negotiation.ts';
import { textOf } from './page-text.ts';

/** What goes over the wire; names and values alternate in `headers`, which is how node:http sends them fastest. */
export interface Answer {
  status: number;
  headers: readonly string[];
  body: Uint8Array<ArrayBuffer>;
}

export interface PageForms {
  /** Undefined for answers that a client cannot ask for again by their tag: everything but 200. */
  etag: string | undefined;
  /** Those that are the same in every form, but for 304. */
  headers: readonly string[];
  notModified: Answer;
  /** Made when somebody first asks for it; a promise only as long as it is being made. */
  in(encoding: Encoding): Answer | Promise<Answer>;
}

export interface FormOptions {
  /** Whether hardly anybody will ask for the page again: then it is compressed well only if somebody does. */
  isRare?: boolean;
  /** The forms of the same address before, which are still good if the page has not changed. */
  before?: PageForms | undefined;
}

/** Brotli 5 is as small as gzip 9 at a quarter of the time; a front page takes some 5 ms. */
const DENSE = { brotli: 5, gzip: 6 };
/**
 * So short that it is done at once: to hand it to another thread and back costs as much again. 32 kB of results take 0.2 ms
 * and 9.8 kB; Brotli 2 takes 0.5 ms and 9.2 kB.
 */
const QUICK = { brotli: 1, gzip: 1 };
/** Of a longer page other requests should not have to wait for it. */
const QUICK_BYTES = 256 * 1024;
const NOTHING = new Uint8Array();

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

export async function pageForms(response: Response, { isRare = false, before }: FormOptions = {}): Promise<PageForms> {
  const { status } = response;
  const text = textOf(response);
  const body = text === undefined ? new Uint8Array(await response.arrayBuffer()) : Buffer.from(text);
  const etag = status === 200 ? tagOf(body) : undefined;
  const headers = sharedHeaders(response.headers, etag);
  if (before?.etag !== undefined && before.etag === etag && isSame(before.headers, headers)) return before;
  const made = new Map<Encoding, Answer | Promise<Answer>>();
  const quick = new Map<Encoding, Answer>();

  const answerWith = (sent: Uint8Array<ArrayBuffer>, encoding: Encoding): Answer => {
    const coding = sent === body ? [] : ['Content-Encoding', encoding];
    return { status, headers: [...headers, ...coding, 'Content-Length', String(sent.length)], body: sent };
  };
  const make = async (encoding: Encoding): Promise<Answer> => {
    const answer = answerWith(await compress(body, encoding), encoding);
    made.set(encoding, answer);
    quick.delete(encoding);
    return answer;
  };
  const dense = (encoding: Encoding): Answer | Promise<Answer> => {
    const answer = made.get(encoding) ?? make(encoding);
    if (!made.has(encoding)) made.set(encoding, answer);
    return answer;
  };

  return {
    etag,
    headers,
    notModified: { status: 304, headers: ofNotModified(headers), body: NOTHING },
    in(encoding) {
      if (!isRare || encoding === 'identity' || body.length > QUICK_BYTES) return dense(encoding);
      const first = quick.get(encoding);
      if (first === undefined && !made.has(encoding)) {
        const answer = answerWith(compressQuickly(body, encoding), encoding);
        quick.set(encoding, answer);
        return answer;
      }
      // Asked for again: the next ones get the dense form, this one need not wait for it.
      const second = dense(encoding);
      return second instanceof Promise ? (first ?? second) : second;
    },
  };
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
function tagOf(body: Uint8Array): string {
  return `W/"${createHash('sha1').update(body).digest('base64url')}"`;
}

/** Those that are the same in every form. */
function sharedHeaders(given: Headers, etag: string | undefined): string[] {
  const headers = new Headers(given);
  headers.delete('Content-Length');
  headers.set('Vary', 'Accept-Encoding, Accept');
  if (etag !== undefined) {
    headers.set('ETag', etag);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-cache');
  }
  return [...headers].flat();
}

async function compress(body: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'identity' || body.length === 0) return body;
  if (encoding === 'gzip') return new Uint8Array(await gz(body, { level: DENSE.gzip }));
  return new Uint8Array(await brotli(body, { params: brotliParams(body, DENSE.brotli) }));
}

function compressQuickly(body: Uint8Array<ArrayBuffer>, encoding: 'br' | 'gzip'): Uint8Array<ArrayBuffer> {
  if (body.length === 0) return body;
  if (encoding === 'gzip') return new Uint8Array(gzipSync(body, { level: QUICK.gzip }));
  return new Uint8Array(brotliCompressSync(body, { params: brotliParams(body, QUICK.brotli) }));
}

function brotliParams(body: Uint8Array, quality: number): Record<number, number> {
  return { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
}
