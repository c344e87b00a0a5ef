/** A feed as Atom 1.0 (RFC 4287), its pages linked as RFC 5005 has it. */

import type { Feed } from './feed.ts';
import type { FeedItem } from './item.ts';
import { ARXIV_SCHEME, iconUrls } from './shared.ts';
import { finishXml } from './xml.ts';

/** `style` is the address of the style sheet for browsers. */
export async function writeAtom(feed: Feed, style: string): Promise<string> {
  const { generateAtomFeed } = await import('feedsmith');
  const [self, ...others] = feed.formats;
  const pages = [
    { rel: 'self', href: feed.selfUrl, type: self?.type },
    { rel: 'alternate', href: feed.pageUrl, type: 'text/html' },
    ...others.map(({ url, type, name }) => ({ rel: 'alternate', href: url, type, title: name })),
    { rel: 'first', href: feed.firstUrl, type: self?.type },
    { rel: 'next', href: feed.nextUrl, type: self?.type },
  ];
  const xml = generateAtomFeed(
    {
      id: feed.id,
      title: { value: feed.title, type: 'text' },
      subtitle: { value: feed.about, type: 'text' },
      updated: new Date(feed.updated),
      // Of the entries whose authors nobody knows.
      authors: [{ name: feed.siteName, uri: feed.siteUrl }],
      links: pages.flatMap(({ href, type, ...rest }) =>
        href === undefined ? [] : [{ href, ...(type === undefined ? {} : { type }), ...rest }],
      ),
      generator: { text: 'Broadsheet' },
      icon: iconUrls(feed).small,
      xml: { lang: 'en' },
      entries: feed.items.map(entryOf),
    },
    { stylesheets: [{ type: 'text/css', href: style }] },
  );
  return finishXml(xml, /<feed [^>]*>/, feed);
}

function entryOf(item: FeedItem) {
  return {
    id: item.id,
    title: { value: item.title, type: 'text' },
    links: [
      { rel: 'alternate', href: item.url, type: 'text/html' },
      ...(item.arxiv === undefined
        ? []
        : [
            { rel: 'via', href: item.arxiv.abstract, type: 'text/html', title: 'arXiv' },
            { rel: 'related', href: item.arxiv.pdf, type: 'application/pdf', title: 'PDF' },
          ]),
    ],
    published: new Date(item.published),
    updated: new Date(item.updated),
    authors: item.authors.map(({ name, url }) => ({ name, uri: url })),
    categories: item.categories.map(({ code, name }) => ({
      term: code,
      scheme: ARXIV_SCHEME,
      ...(name === undefined ? {} : { label: name }),
    })),
    content: { value: item.html, type: 'html' },
  };
}
