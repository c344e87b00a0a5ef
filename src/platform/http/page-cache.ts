/**
 * Keeps anonymous pages for a second, with their ETag and compressed forms: thousands of readers of one page
 * cost one rendering a second. Knows nothing of what the pages say.
 */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Clock } from '#platform/clock.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type Encoding = 'br' | 'gzip' | 'identity';

interface Page {
  /** Epoch ms when the handler was called: what the page says is as old as this. */
  madeAt: number;
  entry: Promise<Entry>;
}

interface Entry {
  status: number;
  headers: [string, string][];
  etag: string;
  body: Uint8Array<ArrayBuffer>;
  encoded: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

/** A page is never more than this out of date. */
const FRESH_MS = 1_000;
/** Pages kept; at some 200 kB each (raw and compressed) at most 100 MB, in practice a tenth. */
const ENTRY_LIMIT = 500;
/** Brotli 5 is as small as gzip 9 at a quarter of the time; a front page takes some 5 ms. */
const BROTLI_QUALITY = 5;

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/** Wraps a handler. Only GET and HEAD without cookies or authorisation are kept; everything else passes through. */
export function cachePages(handler: Handler, clock: Clock): Handler {
  const pages = new Map<string, Page>();

  return async (request) => {
    const { headers, method } = request;
    if ((method !== 'GET' && method !== 'HEAD') || headers.has('cookie') || headers.has('authorization')) {
      return await handler(request);
    }
    const { pathname, search } = new URL(request.url);
    const key = `${headers.get('accept')?.includes('application/json') ? 'json' : ''} ${pathname}${search}`;
    const known = pages.get(key);
    // Readers who come while a page is being made wait for the same one.
    const page = known && clock.now() - known.madeAt <= FRESH_MS ? known : remember(pages, key, handler, request, clock);
    return await respond(await page.entry, request);
  };
}

function remember(pages: Map<string, Page>, key: string, handler: Handler, request: Request, clock: Clock): Page {
  const page: Page = { madeAt: clock.now(), entry: make(handler, request) };
  pages.delete(key); // a Map keeps the order of insertion, so the oldest page is the first
  pages.set(key, page);
  const oldest = pages.keys().next().value;
  if (pages.size > ENTRY_LIMIT && oldest !== undefined) pages.delete(oldest);
  page.entry.catch(() => pages.get(key) === page && pages.delete(key)); // the next reader tries again
  return page;
}

async function make(handler: Handler, request: Request): Promise<Entry> {
  const response = await handler(new Request(request.url, { headers: request.headers }));
  const body = new Uint8Array(await response.arrayBuffer());
  const headers = [...response.headers].filter(([name]) => name !== 'content-length');
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
  return { status: response.status, headers, etag, body, encoded: new Map() };
}

async function respond(entry: Entry, request: Request): Promise<Response> {
  const headers = new Headers(entry.headers);
  headers.set('Vary', 'Accept-Encoding, Accept');
  if (entry.status === 200) {
    headers.set('ETag', entry.etag);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-cache');
    if (matches(request.headers.get('if-none-match'), entry.etag)) return new Response(null, { status: 304, headers });
  }
  const encoding = acceptedEncoding(request.headers.get('accept-encoding'));
  if (encoding !== 'identity' && entry.body.length > 0) headers.set('Content-Encoding', encoding);
  const body = await encode(entry, encoding);
  headers.set('Content-Length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : body, { status: entry.status, headers });
}

/** RFC 9110 §13.1.2: a list, weak comparison. A proxy that compresses makes our tag weak. */
export function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

export function acceptedEncoding(accept: string | null): Encoding {
  const accepted = (accept ?? '').split(',').flatMap((item) => {
    const [name = '', quality = 'q=1'] = item.trim().split(/\s*;\s*/);
    return /^q=0(\.0*)?$/.test(quality) ? [] : [name.toLowerCase()];
  });
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}

async function encode(entry: Entry, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const known = entry.encoded.get(encoding);
  if (known) return await known;
  const making = compress(entry.body, encoding);
  entry.encoded.set(encoding, making);
  return await making;
}

async function compress(body: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'identity' || body.length === 0) return body;
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } };
  return encoding === 'br' ? new Uint8Array(await brotli(body, options)) : new Uint8Array(await gz(body));
}
