/** The addresses of the feeds, and how each is answered: `/papers.atom`, `/categories/cs.LG.rss`, `/search.feed.json?q=`. */

import type { Context, Hono } from 'hono';
import { feedFormats, feedPath } from '#feed/feed-formats.ts';
import type { FeedFormatFacts } from '#feed/feed-formats.ts';
import type { Moved, NamedList } from '#feed/named-list.ts';
import type { SaidList } from '#feed/said.ts';
import type { Searcher } from '#feed/search.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { AppError } from '#platform/errors.ts';
import { acceptedType } from '#platform/http/negotiation.ts';
import { problemJson } from '#platform/http/problem-json.ts';
import { STATUS } from '#platform/http/status.ts';
import { writeAtom } from './atom.ts';
import { makeFeed } from './feed.ts';
import type { Feed, Publisher } from './feed.ts';
import { FEED_MINUTES } from './freshness.ts';
import { writeJson } from './json.ts';
import { listsWithFeeds } from './lists.ts';
import { writeRss } from './rss.ts';

export interface FeedSite extends Publisher, Searcher {
  /** Address of the style sheet with which a browser shows a feed. */
  feedStyle: string;
}

const writers: Record<FeedFormatFacts['format'], (feed: Feed, style: string) => Promise<string>> = {
  atom: writeAtom,
  rss: writeRss,
  json: writeJson,
};

export function addFeeds(app: Hono, site: FeedSite): void {
  for (const [path, open] of Object.entries(listsWithFeeds)) {
    for (const format of feedFormats) {
      const { extension } = format;
      // A name may hold dots itself: `cs.LG.atom`.
      const pattern = `{[^/]+${extension.replaceAll('.', '\\.')}}`;
      const isLast = path.endsWith('/:name');
      // Ids of papers may hold slashes: `hep-th/9901001/comments.atom`.
      const address = isLast ? path + pattern : path.replace('/:name/', '/:name{.+}/') + extension;
      app.get(address, async (c) => {
        const asked = c.req.param('name') ?? '';
        const name = isLast ? asked.slice(0, -extension.length) : asked;
        const page = { limit: PAGE_SIZE, after: c.req.query('after') };
        const { q = '', sort, period } = c.req.query();
        return await answer(site, c, format, async () => await open(site, { name, q, sort, period, page }));
      });
    }
  }
}

async function answer(
  site: FeedSite,
  c: Context,
  format: FeedFormatFacts,
  open: () => Promise<NamedList | SaidList | Moved>,
): Promise<Response> {
  const list = await open().catch((error: unknown) => problem(c, format, error));
  if (list instanceof Response) return list;
  if ('movedTo' in list) return c.redirect(feedPath(list.movedTo, format), list.forGood ? 301 : 302);
  const feed = makeFeed(site, list, format, c.req.query('after'));
  // No Last-Modified: papers that have been here for long come into a list when people vote or a search is asked anew, so
  // only the tag says whether a reader has all of it.
  return c.body(await writers[format.format](feed, site.feedStyle), 200, {
    'Content-Type': `${typeFor(c, format)}; charset=utf-8`,
    'Cache-Control': `public, max-age=${FEED_MINUTES * 60}`,
    // The papers are to be found as pages, not twice.
    'X-Robots-Tag': 'noindex',
  });
}

/** Browsers and those who ask for JSON get the site's own page of the problem; other readers show a line of text at best. */
function problem(c: Context, { format }: FeedFormatFacts, error: unknown): Response {
  if (!(error instanceof AppError) || acceptedType(c.req.header('accept')) === 'html') throw error;
  if (format === 'json' || acceptedType(c.req.header('accept')) === 'json') return problemJson(c, error);
  return c.text(`${error.message}\n${error.hint ?? ''}`.trimEnd(), STATUS[error.kind]);
}

/**
 * Browsers show feeds by their own types as source text, or save them; what they ask for when they open a page, XML
 * among it, they show with its style sheet. Everybody else gets the type that says which feed it is.
 */
function typeFor(c: Context, { format, type }: FeedFormatFacts): string {
  return format !== 'json' && acceptedType(c.req.header('accept')) === 'html' ? 'application/xml' : type;
}
