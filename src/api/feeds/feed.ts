/** What a feed says, whatever its format: made from a list and its cards. */

import type { Card } from '#feed/card.ts';
import { commentPath, pagePath, paperPath } from '#feed/addresses.ts';
import { feedFormats, feedPath } from '#feed/feed-formats.ts';
import type { FeedFormatFacts } from '#feed/feed-formats.ts';
import type { NamedList } from '#feed/named-list.ts';
import type { Said, SaidList } from '#feed/said.ts';
import { cleanText } from '#papers/text.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { feedItem, saidItem } from './item.ts';
import type { FeedItem } from './item.ts';

/** Where and how the feeds are published. */
export interface Publisher {
  clock: Clock;
  config: Config;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
}

export interface Feed {
  /** The same for all pages of a list and as long as the site keeps its host name. */
  id: string;
  title: string;
  about: string;
  siteName: string;
  siteUrl: string;
  /** Of the list as a page for people. */
  pageUrl: string;
  selfUrl: string;
  /** Undefined on the first page. */
  firstUrl: string | undefined;
  /** Undefined on the last page. */
  nextUrl: string | undefined;
  /** The same list in every format, this one included. */
  formats: { name: string; url: string; type: string }[];
  /** Epoch ms of the last change known; never in the future. */
  updated: number;
  items: FeedItem[];
}

const DAY_MS = 86_400_000;

/** `after` is the mark of the page, as it came in. */
export function makeFeed(
  { clock, config, url }: Publisher,
  list: NamedList | SaidList,
  format: FeedFormatFacts,
  after: string | undefined,
): Feed {
  const { SITE_NAME: siteName } = config;
  const first = url + feedPath(list.path, format);
  const now = clock.now();
  const entries = 'entries' in list ? list.entries : list.cards;
  return {
    id: tagOf(url, list.path),
    title: cleanText(list.path === '/' ? siteName : `${list.title} · ${siteName}`),
    about: cleanText(list.about),
    siteName,
    siteUrl: `${url}/`,
    pageUrl: url + list.path,
    selfUrl: after === undefined ? first : pagePath(first, after),
    firstUrl: after === undefined ? undefined : first,
    nextUrl: list.next === undefined ? undefined : pagePath(first, list.next),
    formats: feedFormats.map((one) => ({ name: one.name, type: one.type, url: url + feedPath(list.path, one) })),
    // Of an empty list it is only known that it has been so today.
    updated: entries.length === 0 ? now - (now % DAY_MS) : Math.min(now, Math.max(...entries.map(lastChange))),
    items: entries.map((entry) => itemOf(entry, url)),
  };
}

/** A paper has the same id in every feed, a comment too. */
function itemOf(entry: Said | Card, url: string): FeedItem {
  if ('paper' in entry) return feedItem(entry.paper, { id: tagOf(url, paperPath(entry.paper.id)), url });
  return saidItem(entry, { id: tagOf(url, commentPath({ paperId: entry.paperId, id: entry.commentId })), url });
}

/** A paper changes with its versions, and a list also when an old paper comes into it. */
function lastChange(entry: Said | Card): number {
  if (!('paper' in entry)) return entry.changedAt;
  const { paper } = entry;
  return Math.max(paper.firstSeenAt, paper.versions.at(-1)?.at ?? 0);
}

/**
 * An id that stays when the paper's title or the site's scheme or port changes (RFC 4151). The year is that in which
 * the first of these ids was given out, and must stay too.
 */
function tagOf(url: string, path: string): string {
  const { hostname } = new URL(url);
  // Tags have no place for an IPv6 address.
  return `tag:${hostname.startsWith('[') ? 'localhost' : hostname},2026:${path}`;
}
