/** The sheet that every page is printed on: masthead, search, footer, and what machines read in the head. */

import type { Context } from 'hono';
import { askerOf, viewerOf } from '#accounts/current-viewer.ts';
import { bannedWords } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { PASTE_LIMIT } from '#search/query/clean.ts';
import { raw } from '#platform/jsx/html.ts';
import { fixed, print } from '#platform/jsx/jsx-runtime.ts';
import type { Child } from '#platform/jsx/jsx-runtime.ts';
import { assets } from '../assets.ts';
import { markForms } from '../form-owner.ts';
import { AccountMenu } from './account-menu.tsx';
import { Offer } from './offer.tsx';
import type { OfferedTopic } from './offer.tsx';
import { PageMeta } from './page-meta.tsx';
import type { PageMetaProps } from './page-meta.tsx';

export interface LayoutProps extends PageMetaProps {
  /** Who reads, and where. */
  c: Context;
  /** What was searched for, to keep it in the box. */
  query?: string;
  /** Whether the reader came to search, and may type at once. */
  searching?: boolean;
  /** More elements for the head. */
  head?: Child;
  /** The masthead is large on editions only. */
  front?: boolean;
  /** Where papers by mail are offered, if at all, and which ones. */
  offer?: { place: 'top' | 'foot'; topic?: OfferedTopic };
  children?: Child;
}

export function Layout(props: LayoutProps) {
  const { site, c, title, head, front = false, children, query, searching, offer, ...about } = props;
  const { SITE_NAME: name, SITE_TAGLINE: tagline } = site.config;
  const files = assets();
  const viewer = viewerOf(c);
  const fullTitle = title === name ? name : `${title} · ${name}`;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          {ENCODING}
          <title>{fullTitle}</title>
          {COLORS}
          <link rel="stylesheet" href={files.css} />
          {ICONS}
          <link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title={name} />
          <PageMeta site={site} title={title} {...about} />
          {head}
          <script type="module" src={files.js}></script>
        </head>
        <body class={[front && 'front', isBanned(c) && 'banned'].filter(Boolean).join(' ') || undefined}>
          {SKIP}
          <header class={front ? undefined : 'inner'}>
            <div class="top">
              {!front && (
                <a class="top-name" href="/">
                  {name}
                </a>
              )}
              <SearchForm query={query} searching={searching} />
              <nav aria-label="Site">
                <Places current={c.req.path} />
                <AccountMenu viewer={viewer} waiting={askerOf(c)?.waiting ?? 0} url={c.req.url} />
              </nav>
            </div>
            {front && <Masthead name={name} tagline={tagline} />}
          </header>
          <BannedLine viewer={viewer} />
          {offer?.place === 'top' && <Offer site={site} c={c} topic={offer.topic} />}
          {viewer === undefined ? children : raw(markForms(print(children), viewer.id))}
          {offer?.place === 'foot' && <Offer site={site} c={c} topic={offer.topic} />}
          <Footer name={name} />
        </body>
      </html>
    </>
  );
}

/** What is the same on every page. */
const ENCODING = fixed(
  <>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
  </>,
);
const COLORS = fixed(<meta name="color-scheme" content="light dark" />);
const ICONS = fixed(
  <>
    <link rel="icon" href="/favicon.ico" sizes="32x32" />
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
  </>,
);
const SKIP = fixed(
  <a class="skip" href="#main">
    Skip to the content
  </a>,
);

/** What every page leads to. */
const PLACES = [
  ['/', 'Latest'],
  ['/papers/trending', 'Trending'],
  ['/categories', 'Categories'],
] as const;

function placesFrom(current: string) {
  return fixed(
    <>
      {PLACES.map(([path, label]) => (
        <a href={path} aria-current={current === path ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </>,
  );
}

/** From each of them, and from everywhere else. */
const PLACES_FROM = new Map<string, Child>(PLACES.map(([path]) => [path, placesFrom(path)]));
const PLACES_FROM_ELSEWHERE = placesFrom('');

function Places({ current }: { current: string }) {
  return PLACES_FROM.get(current) ?? PLACES_FROM_ELSEWHERE;
}

function isBanned(c: Context): boolean {
  return typeof viewerOf(c)?.bannedAt === 'number';
}

/** On every page: whoever may only read is to know it before they press a button. */
function BannedLine({ viewer }: { viewer: Viewer | undefined }) {
  if (viewer === undefined || viewer.bannedAt === null) return null;
  return (
    <p class="banned-line" role="note">
      {bannedWords(viewer)}
    </p>
  );
}

function Masthead({ name, tagline }: { name: string; tagline: string }) {
  return (
    <div class="masthead">
      <p class="masthead-name">
        <a href="/">{name}</a>
      </p>
      {tagline && <p class="masthead-tagline">{tagline}</p>}
    </div>
  );
}

function SearchForm({
  query = '',
  searching = false,
}: {
  query?: string | undefined;
  searching?: boolean | undefined;
}) {
  return (
    <search-box>
      <form class="search" role="search" action="/search">
        <input
          type="search"
          name="q"
          value={query}
          dir="auto"
          placeholder="Search papers"
          aria-label="Search papers"
          maxlength={PASTE_LIMIT}
          enterkeyhint="search"
          autofocus={searching}
        />
      </form>
    </search-box>
  );
}

/** By the name of the site, of which a program has one. */
const feet = new Map<string, Child>();

function Footer({ name }: { name: string }) {
  const foot = feet.get(name) ?? fixed(<Foot name={name} />);
  if (feet.size === 0) feet.set(name, foot);
  return foot;
}

function Foot({ name }: { name: string }) {
  return (
    <footer class="foot">
      <ul>
        <li>
          <a href="/categories">Categories</a>
        </li>
        <li>
          <a href="/organizations">Organizations</a>
        </li>
        <li>
          <a href="/papers/submit" rel="nofollow">
            Submit a paper
          </a>
        </li>
        <li>
          <a href="/subscribe">Papers by mail</a>
        </li>
        <li>
          <a href="/about">About {name}</a>
        </li>
        <li>
          <a href="/about#keyboard">Keyboard shortcuts</a>
        </li>
      </ul>
      <p>
        Paper metadata from arXiv. Thank you to arXiv for use of its open access interoperability. Not affiliated with
        arXiv or Hugging Face.
      </p>
    </footer>
  );
}
