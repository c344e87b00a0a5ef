/** The head of search results: what was asked, how many papers answer, what could not be read, and in which order. */

import { searchPath } from '#feed/addresses.ts';
import { asTyped } from '#search/respell.ts';
import type { SearchList } from '#feed/search.ts';
import type { ParsedQuery, Unread } from '#search/query/parse.ts';
import { canMatch, ownExclusions } from '#search/query/contradictions.ts';
import { withoutPart, withSort } from '#search/query/edit.ts';
import { printPart, printQuery } from '#search/query/print.ts';
import type { Query, Sort } from '#search/query/query.ts';
import { countOf } from '../counts.ts';
import { isFilter, onlyParts } from '../filters.ts';
import { AlertForm } from './alert-form.tsx';
import { FeedLink } from './feed-link.tsx';
import { SearchHelp } from './search-help.tsx';

/** More than two lines of a headline: printed small and cut, since the box above holds it all. */
const LONG_QUERY = 80;

export interface SearchHeadProps {
  query: ParsedQuery;
  found: SearchList;
  /** Of the page of results. */
  path: string;
  isSignedIn: boolean;
}

export function SearchHead({ query, found, path, isSignedIn }: SearchHeadProps) {
  // What an alert can look for: an order alone finds nothing new.
  const printable =
    query.parts.length > 0 && query.unread.length === 0 && canMatch(query)
      ? printQuery({ ...query, sort: 'relevance' })
      : '';
  const wanted = printQuery(onlyParts(query, (part) => !isFilter(part)));
  // Nothing is asked for but what cannot be read, about which more is said below.
  const unreadable = query.parts.length === 0 ? query.unread.map(({ text }) => text).join(' ') : '';
  return (
    <div class="list-head">
      <p class="kicker">Search results for</p>
      <h1 dir="auto" class={wanted.length > LONG_QUERY ? 'long' : undefined}>
        {wanted || unreadable || 'All papers'}
      </h1>
      <Problems unread={query.unread} />
      <Respelled query={query} respelled={found.respelled} />
      {found.cards.length > 0 && <p class="tally">{tally(query, found)}</p>}
      <Chips query={query} />
      <div class="search-tools">
        {found.cards.length > 0 && <Sorts query={query} isRanked={found.words > 0} />}
        <SearchHelp />
        {(canMatch(query) || printable) && (
          <div class="following">
            {canMatch(query) && <FeedLink path={path} label="Follow this search" />}
            {printable && <AlertForm q={printable} isSignedIn={isSignedIn} />}
          </div>
        )}
      </div>
    </div>
  );
}

function tally(query: Query, { exact, words, total, depth, why }: SearchList): string {
  const rest =
    depth === undefined || total <= depth ? '' : `. The first ${depth} are listed here, all of them under “Newest”`;
  if (words === 0) return `${countOf(total)}${rest}`;
  const these = words === 1 ? 'this word' : 'all of these words';
  if (exact) return `${countOf(total)} ${total === 1 ? 'has' : 'have'} ${these}${rest}`;
  const isByMeaning = [...why.values()].some((one) => one !== 'words');
  const excluded = ownExclusions(query).join(' and ');
  const since = excluded === '' ? '' : `, since ${excluded} leaves them out`;
  return `No paper has ${these}${since}. ${isByMeaning ? 'Closest by meaning:' : 'These have some of them:'}`;
}

/** What was looked for in place of what was typed, with the way to look for just that. */
function Respelled({ query, respelled }: { query: Query; respelled: SearchList['respelled'] }) {
  if (respelled.length === 0) return null;
  return (
    <ul class="unread">
      {respelled.map((one) => (
        <li>
          Looked for <b dir="auto">{one.meant}</b>, as papers spell it.{' '}
          <a href={searchPath(printQuery(asTyped(query, one)))}>
            Search for <bdi>{one.typed}</bdi> instead
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Each filter with the way to search without it. */
function Chips({ query }: { query: Query }) {
  const filters = query.parts.filter(isFilter);
  if (filters.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters">
      {filters.map((part) => (
        <li>
          <Chip label={printPart(part)} href={searchPath(printQuery(withoutPart(query, part)))} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ label, href }: { label: string; href: string }) {
  return (
    <a class="button chip" href={href}>
      <span class="unseen">Remove </span>
      <bdi>{label}</bdi>
      <span aria-hidden="true">×</span>
    </a>
  );
}

/** Operators that were left out because their value makes no sense. */
function Problems({ unread }: { unread: readonly Unread[] }) {
  if (unread.length === 0) return null;
  return (
    <ul class="unread">
      {unread.map(({ text, problem }) => (
        <li>
          <b dir="auto">{text}</b> {problem}
        </li>
      ))}
    </ul>
  );
}

const SORTS: readonly { sort: Sort; label: string }[] = [
  { sort: 'relevance', label: 'Best match' },
  { sort: 'new', label: 'Newest' },
  { sort: 'trending', label: 'Trending' },
];

/** `isRanked`: there are words; conditions alone are matched by all papers alike, and the newest come first. */
function Sorts({ query, isRanked }: { query: Query; isRanked: boolean }) {
  const current = query.sort === 'relevance' && !isRanked ? 'new' : query.sort;
  return (
    <nav class="sorts" aria-label="Order">
      {SORTS.filter(({ sort }) => isRanked || sort !== 'relevance').map(({ sort, label }) => (
        <a href={searchPath(printQuery(withSort(query, sort)))} aria-current={sort === current ? 'true' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
