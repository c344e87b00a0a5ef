/** A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */

import type { Feed } from './feed.ts';
import type { FeedItem } from './item.ts';
import { iconUrls } from './shared.ts';

export async function writeJson(feed: Feed): Promise<string> {
  const { generateJsonFeed } = await import('feedsmith');
  const { small, large } = iconUrls(feed);
  const items = feed.items.map(itemOf);
  const generated = generateJsonFeed({
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    description: feed.about,
    ...(feed.nextUrl === undefined ? {} : { next_url: feed.nextUrl }),
    icon: large,
    favicon: small,
    language: 'en',
    items,
  });
  // feedsmith leaves an empty list out, which the format demands.
  return JSON.stringify(items.length === 0 ? { ...(generated as object), items } : generated);
}

function itemOf(item: FeedItem) {
  return {
    id: item.id,
    url: item.url,
    title: item.title,
    content_html: item.html,
    content_text: item.text,
    date_published: new Date(item.published),
    date_modified: new Date(item.updated),
    authors: item.authors,
    tags: item.categories.map(({ code }) => code),
    ...(item.arxiv === undefined
      ? {}
      : {
          external_url: item.arxiv.abstract,
          attachments: [{ url: item.arxiv.pdf, mime_type: 'application/pdf', title: 'PDF' }],
        }),
  };
}
