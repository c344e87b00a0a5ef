/** A feed as RSS 2.0, with the links of Atom for its own address and its pages. */

import type { Feed } from './feed.ts';
import type { FeedItem } from './item.ts';
import { FEED_MINUTES } from './freshness.ts';
import { ARXIV_SCHEME, iconUrls } from './shared.ts';
import { finishXml } from './xml.ts';

const TYPE = 'application/rss+xml';

/** `style` is the address of the style sheet for browsers. */
export async function writeRss(feed: Feed, style: string): Promise<string> {
  const { generateRssFeed } = await import('feedsmith');
  const pages = [
    { rel: 'self', href: feed.selfUrl },
    { rel: 'first', href: feed.firstUrl },
    { rel: 'next', href: feed.nextUrl },
  ];
  const xml = generateRssFeed(
    {
      title: feed.title,
      link: feed.pageUrl,
      description: feed.about,
      language: 'en',
      lastBuildDate: new Date(feed.updated),
      generator: 'Broadsheet',
      ttl: FEED_MINUTES,
      image: { url: iconUrls(feed).large, title: feed.title, link: feed.pageUrl },
      atom: { links: pages.flatMap(({ rel, href }) => (href === undefined ? [] : [{ rel, href, type: TYPE }])) },
      items: feed.items.map(itemOf),
    },
    { stylesheets: [{ type: 'text/css', href: style }] },
  );
  return finishXml(xml, /<channel>/, feed);
}

function itemOf(item: FeedItem) {
  return {
    title: item.title,
    link: item.url,
    guid: { value: item.id, isPermaLink: false },
    pubDate: new Date(item.published),
    description: item.html,
    // RSS's own `author` is an e-mail address.
    dc: { creators: item.authors.map(({ name }) => name) },
    categories: item.categories.map(({ code }) => ({ name: code, domain: ARXIV_SCHEME })),
    atom: { updated: new Date(item.updated) },
  };
}
