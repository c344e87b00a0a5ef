/** A rendered page in every form in which it is sent: plain, compressed, and “you have it already”. */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Encoding } from './negotiation.ts';

/** What goes over the wire; names and values alternate in `headers`, which is how node:http sends them fastest. */
export interface Answer {
  status: number;
  headers: readonly string[];
  body: Uint8Array<ArrayBuffer>;
}

export interface PageForms {
  /** Undefined for answers that a client cannot ask for again by their tag: everything but 200. */
  etag: string | undefined;
  notModified: Answer;
  /** Made when somebody first asks for it; a promise only as long as it is being made. */
  in(encoding: Encoding): Answer | Promise<Answer>;
}

/** Brotli 5 is as small as gzip 9 at a quarter of the time; a front page takes some 5 ms. */
const BROTLI_QUALITY = 5;
const NOTHING = new Uint8Array();

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

export async function pageForms(response: Response): Promise<PageForms> {
  const { status } = response;
  const body = new Uint8Array(await response.arrayBuffer());
  const etag = status === 200 ? tagOf(body) : undefined;
  const headers = sharedHeaders(response.headers, etag);
  const made = new Map<Encoding, Answer | Promise<Answer>>();

  const make = async (encoding: Encoding): Promise<Answer> => {
    const sent = await compress(body, encoding);
    const coding = sent === body ? [] : ['Content-Encoding', encoding];
    const answer = { status, headers: [...headers, ...coding, 'Content-Length', String(sent.length)], body: sent };
    made.set(encoding, answer);
    return answer;
  };

  return {
    etag,
    notModified: { status: 304, headers, body: NOTHING },
    in(encoding) {
      const answer = made.get(encoding) ?? make(encoding);
      if (!made.has(encoding)) made.set(encoding, answer);
      return answer;
    },
  };
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
  if (encoding === 'gzip') return new Uint8Array(await gz(body));
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return new Uint8Array(await brotli(body, { params }));
}
