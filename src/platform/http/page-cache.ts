/**
 * Keeps anonymous pages for a second, with their ETag and compressed forms: thousands of readers of one page
 * cost one rendering a second. Knows nothing of what the pages say.
 */

import type { Clock } from '#platform/clock.ts';
import { acceptedEncodings, acceptedType, matches } from './negotiation.ts';
import { pageForms } from './page-forms.ts';
import type { Answer, PageForms } from './page-forms.ts';

/** `peer` is where a request comes from; pages that are kept are the same for everybody and are made without it. */
type Handler = (request: Request, peer?: string) => Response | Promise<Response>;

/** What of a request decides on its answer; node:http's IncomingMessage has this shape. */
export interface Asked {
  method?: string | undefined;
  /** Path and query. */
  url?: string | undefined;
  headers: { [name in (typeof DECIDING)[number]]?: string | undefined };
}

export interface PageCache {
  (request: Request, peer?: string): Promise<Response>;
  /** The answer, if it is at hand: sent as it is, it saves making a Request and a Response. */
  ready(asked: Asked): Answer | undefined;
}

interface Page {
  /** Epoch ms when the handler was called: what the page says is as old as this. */
  madeAt: number;
  making: Promise<PageForms>;
  forms?: PageForms;
}

const DECIDING = ['accept', 'accept-encoding', 'authorization', 'cookie', 'if-none-match'] as const;
/** A reader never gets a page that is more than a second old; a tenth of it is for sending it. */
const FRESH_MS = 900;
/**
 * Pages kept; at some 200 kB each (raw and compressed) at most 100 MB, in practice a tenth. Those that were asked with a
 * question are not kept longer than they are good: full of old ones, memory would have to be tidied every second.
 */
const ENTRY_LIMIT = 500;

/**
 * Wraps a handler. Only GET and HEAD without cookies or authorisation are kept; everything else passes through, and so
 * do the addresses (path and query) that `isPrivate` knows: what signs somebody in must not be handed to the next one.
 */
export function cachePages(
  handler: Handler,
  clock: Clock,
  isPrivate: (url: string) => boolean = () => false,
): PageCache {
  const shelves: Shelves = { common: new Map(), rare: new Map() };
  const isShared = (asked: Asked) => isAnonymous(asked) && !isPrivate(asked.url ?? '');
  const findFresh = (key: string): Page | undefined => {
    const page = shelfOf(shelves, key).get(key);
    return page && clock.now() - page.madeAt <= FRESH_MS ? page : undefined;
  };

  const serve = async (request: Request, peer?: string): Promise<Response> => {
    const asked = toAsked(request);
    if (!isShared(asked)) return await handler(request, peer);
    const key = keyOf(asked);
    // Readers who come while a page is being made wait for the same one.
    const page = findFresh(key) ?? remember(shelves, key, handler, request, clock);
    return toResponse(request.method, await choose(await page.making, asked));
  };
  const ready = (asked: Asked): Answer | undefined => {
    const forms = isShared(asked) ? findFresh(keyOf(asked))?.forms : undefined;
    const answer = forms && choose(forms, asked);
    return answer instanceof Promise ? undefined : answer;
  };
  return Object.assign(serve, { ready });
}

function toAsked(request: Request): Asked {
  const headers: Asked['headers'] = {};
  for (const name of DECIDING) headers[name] = request.headers.get(name) ?? undefined;
  const { url } = request;
  // A Request has its address as it is normalised: scheme, host and at least one slash.
  return { method: request.method, url: url.slice(url.indexOf('/', url.indexOf('//') + 2)), headers };
}

function isAnonymous({ method, headers }: Asked): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.cookie === undefined && headers.authorization === undefined;
}

/** `Accept` matters where a problem is told as JSON or plain text. */
function keyOf({ url = '', headers }: Asked): string {
  return `${acceptedType(headers.accept)} ${url}`;
}

/** A Map keeps the order of insertion, so the oldest page is the first. */
interface Shelves {
  common: Map<string, Page>;
  rare: Map<string, Page>;
}

function shelfOf({ common, rare }: Shelves, key: string): Map<string, Page> {
  return isRare(key) ? rare : common;
}

function remember(shelves: Shelves, key: string, handler: Handler, request: Request, clock: Clock): Page {
  const pages = shelfOf(shelves, key);
  const page: Page = { madeAt: clock.now(), making: make(handler, request, pages.get(key)?.forms) };
  pages.delete(key);
  pages.set(key, page);
  for (const [oldest, { madeAt }] of pages) {
    const isStale = pages === shelves.rare && page.madeAt - madeAt > FRESH_MS;
    if (!isStale && pages.size <= ENTRY_LIMIT) break;
    pages.delete(oldest);
  }
  page.making.then(
    (forms) => (page.forms = forms),
    () => pages.get(key) === page && pages.delete(key), // the next reader tries again
  );
  return page;
}

/** What was asked with a question of the reader's own (`?q=`, `?after=`) is seldom asked for again. */
function isRare(address: string): boolean {
  return address.includes('?');
}

async function make(handler: Handler, request: Request, before: PageForms | undefined): Promise<PageForms> {
  // HEAD is answered from what GET would get.
  const asked = request.method === 'GET' ? request : new Request(request.url, { headers: request.headers });
  const accepted = acceptedEncodings(request.headers.get('accept-encoding'));
  return await pageForms(await handler(asked), { isRare: isRare(request.url), accepted, before });
}

function choose(forms: PageForms, { headers }: Asked): Answer | Promise<Answer> {
  if (forms.etag !== undefined && matches(headers['if-none-match'], forms.etag)) return forms.notModified;
  return forms.in(acceptedEncodings(headers['accept-encoding']));
}

function toResponse(method: string, { status, headers, body }: Answer): Response {
  return new Response(method === 'HEAD' || body.length === 0 ? null : body, { status, headers: given(headers) });
}

/** As a record, which node-server sends as it is, unless a name (Set-Cookie) comes twice. */
function given(headers: readonly string[]): Record<string, string> | [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] ?? '', headers[at + 1] ?? '']);
  const record = Object.fromEntries(pairs);
  return Object.keys(record).length === pairs.length ? record : pairs;
}
