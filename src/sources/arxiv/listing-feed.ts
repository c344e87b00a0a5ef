/** The listing feed of a day: who is new, as RSS or Atom. */

import type { SourceContext } from '../context.ts';
import { latestDay, refuseImpossibleDays } from '../possible-days.ts';
import { AppError } from '#platform/errors.ts';
import { decodeXml } from './body.ts';
import { readDocument } from './document.ts';
import { field } from './fields.ts';
import { readItem } from './listing-item.ts';
import type { ListingItem } from './listing-item.ts';
import { arxivGet, failed } from './request.ts';
import type { Answer } from './request.ts';
import { child, readXml, rootName } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** arXiv cuts a feed off after so many items (arxiv-feed, consts.py), in the order new, cross, replace. */
const ITEM_LIMIT = 2_000;

export type FeedFormat = 'rss' | 'atom';

export interface Listing {
  /** In the feed's order; an id appears once, with its strongest announcement. */
  items: ListingItem[];
  skipped: number;
  pages: number;
  /** To be told next time; null if the feed has none. */
  etag: string | null;
}

export interface ListingRequest {
  /** `cs`, `cs.LG`: joined in one feed. */
  feeds: readonly string[];
  format?: FeedFormat;
  etag?: string | null;
  signal?: AbortSignal | undefined;
}

/** The base may already end in `/rss`, as the addresses in arXiv's own help do. */
export function listingUrl(base: string, feeds: readonly string[], format: FeedFormat): string {
  return `${base.replace(/(?:\/(?:rss|atom))?\/*$/, '')}/${format}/${feeds.map(encodeURIComponent).join('+')}`;
}

/** Undefined if the feed is still the one with that etag. No items at a weekend is an empty list, not a failure. */
export async function fetchListing(context: SourceContext, request: ListingRequest): Promise<Listing | undefined> {
  const { feeds, format = 'rss', etag, signal } = request;
  const answer = await arxivGet(context, listingUrl(context.config.ARXIV_RSS_URL, feeds, format), {
    signal,
    etag: etag ?? null,
  });
  if (answer.status === 304) return undefined;
  if (answer.status !== 200) throw failed(answer.url, await explanation(answer));
  const source = `listing-${feeds.join('+')}`;
  const latest = latestDay(context.clock.now());
  const { items, bad } = await readDocument(context, answer, {
    source,
    records: ['item', 'entry'],
    read: (node) => {
      const item = readItem(node);
      refuseImpossibleDays([item.day], latest);
      return item;
    },
    check: checkFrame,
  });
  if (items.length + bad.length >= ITEM_LIMIT && feeds.length > 1) return await fetchInHalves(context, request);
  return { items: distinct(items), skipped: bad.length, pages: 1, etag: answer.headers.get('etag') };
}

/** A feed that was cut off may lack papers that are new today; two smaller ones have them. */
async function fetchInHalves(context: SourceContext, { feeds, ...request }: ListingRequest): Promise<Listing> {
  const middle = Math.ceil(feeds.length / 2);
  const whole: Listing = { items: [], skipped: 0, pages: 1, etag: null };
  for (const half of [feeds.slice(0, middle), feeds.slice(middle)]) {
    const part = await fetchListing(context, { ...request, feeds: half, etag: null });
    whole.items.push(...(part?.items ?? []));
    whole.skipped += part?.skipped ?? 0;
    whole.pages += part?.pages ?? 0;
  }
  return { ...whole, items: distinct(whole.items) };
}

const STRENGTH: Record<ListingItem['type'], number> = { new: 3, cross: 2, replace: 1, 'replace-cross': 0 };

/** New in one archive is a cross-list in another: the stronger announcement counts. */
function distinct(items: readonly ListingItem[]): ListingItem[] {
  const byId = new Map<string, ListingItem>();
  for (const item of items) {
    const known = byId.get(item.id);
    if (known === undefined || STRENGTH[item.type] > STRENGTH[known.type]) byId.set(item.id, item);
  }
  return [...byId.values()];
}

function checkFrame(frame: XmlNode): void {
  const isFeed = rootName(frame) === 'feed' || (rootName(frame) === 'rss' && child(frame, 'channel') !== undefined);
  if (!isFeed) throw new AppError('upstream', `it is neither RSS nor Atom but <${rootName(frame)}>`);
}

/** arXiv answers an unknown category with status 400 and a feed whose description says what is wrong. */
async function explanation(answer: Answer): Promise<string> {
  const status = `it answered ${answer.status}`;
  try {
    const { frame } = await readXml(decodeXml(answer.body, answer.headers.get('content-type')), [], () => undefined);
    const text = field(frame, 'channel/description') ?? field(frame, 'subtitle') ?? field(frame, 'title');
    return text === undefined ? status : `${status}: ${text.slice(0, 300)}`;
  } catch (error) {
    if (error instanceof AppError) return status;
    throw error;
  }
}
