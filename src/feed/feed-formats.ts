/** The formats in which a list can be followed, and the address of a list in each. */

export type FeedFormat = 'atom' | 'rss' | 'json';

export interface FeedFormatFacts {
  format: FeedFormat;
  name: string;
  /** Of a feed's address: that of the list and this. */
  extension: string;
  /** Media type, without its charset. */
  type: string;
}

/** The richest first: readers that are offered several take the first that they know. */
export const feedFormats: readonly FeedFormatFacts[] = [
  { format: 'atom', name: 'Atom', extension: '.atom', type: 'application/atom+xml' },
  { format: 'rss', name: 'RSS', extension: '.rss', type: 'application/rss+xml' },
  { format: 'json', name: 'JSON Feed', extension: '.feed.json', type: 'application/feed+json' },
];

/** `path` is that of a list's page, with its query. An extension needs a name, so the front page is followed as `/papers`. */
export function feedPath(path: string, { extension }: Pick<FeedFormatFacts, 'extension'>): string {
  const [place = '', ...query] = path.split('?');
  return [`${place === '/' ? '/papers' : place}${extension}`, ...query].join('?');
}
