/** The ways to follow a list in a feed reader: what the reader finds in the head of the page, and what people see. */

import { feedFormats, feedPath } from '#feed/feed-formats.ts';
import type { FeedFormatFacts } from '#feed/feed-formats.ts';

/** Its feed says in a browser what it is for, and leads to the others. */
const [SHOWN] = feedFormats as [FeedFormatFacts, ...FeedFormatFacts[]];

/** `path` is that of the list's first page; `title` its name. */
export function FeedAlternates({ path, title }: { path: string; title: string }) {
  return (
    <>
      {feedFormats.map((format) => (
        <link rel="alternate" type={format.type} title={`${title} (${format.name})`} href={feedPath(path, format)} />
      ))}
    </>
  );
}

export function FeedLink({ path, label = 'Feed' }: { path: string; label?: string }) {
  return (
    <a class="feed-link" href={feedPath(path, SHOWN)} type={SHOWN.type}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M2 2.5a11.5 11.5 0 0 1 11.5 11.5M2 7.5a6.5 6.5 0 0 1 6.5 6.5"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
        />
        <circle cx="3.3" cy="12.7" r="1.6" fill="currentColor" />
      </svg>
      {label}
    </a>
  );
}
