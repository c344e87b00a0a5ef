/** A search as something to follow: the papers that match it, the newest first, so that what is new stands at the top. */

import { invalid } from '#platform/errors.ts';
import { cleanQuery } from '#search/query/clean.ts';
import { withSort } from '#search/query/edit.ts';
import { printQuery } from '#search/query/print.ts';
import { categoryPath, searchPath } from './addresses.ts';
import { hydrate } from './hydrate.ts';
import type { Moved, NamedList } from './named-list.ts';
import { readSearch } from './read-search.ts';
import { listMatches } from './search.ts';
import type { Searcher } from './search.ts';
import type { PageRequest } from './skeleton.ts';

/**
 * Of the page `/search?q=` only the papers that have every word of the search (or fulfil its conditions, where it has
 * no words), always the newest first:
 *
 * - The page has the best first. Followed in that order, a new paper that is not among the best fifty would never be
 *   seen, and old ones would come and go as the others move.
 * - The page shows what is near in meaning where nothing matches. There is always something nearest, another thing each
 *   day: to a subscriber that is noise, and silence is the right answer. Nor does a question that is asked every hour
 *   have to go through a model.
 *
 * At most four queries, as the page. Throws AppError 'invalid' where nothing is asked that can be read.
 */
export async function openSearch(searcher: Searcher, typed: string, page: PageRequest): Promise<NamedList | Moved> {
  const meant = await readSearch(searcher.db, typed);
  if (meant.kind === 'nothing') {
    throw invalid('The address does not say what to search for.', 'Write it after “q=”: ?q=mixture+of+experts');
  }
  if (meant.kind === 'category') return { movedTo: categoryPath(meant.name), forGood: false };
  const text = cleanQuery(typed);
  const list = { path: searchPath(text), title: `Search: ${text}` };
  if (meant.kind === 'paper') {
    const cards = await hydrate(searcher.db, [meant.id]);
    return { ...list, about: `The paper ${meant.id}.`, cards, next: undefined };
  }
  const { query } = meant;
  const unread = query.unread.map(({ text: part, problem }) => `${part} ${problem}`).join(' ');
  // The page of an order alone shows every paper; to follow them all there is the feed of the front page.
  if (query.parts.length === 0)
    throw invalid(`Nothing is asked for${unread === '' ? ' but an order.' : `: ${unread}`}`);
  const { exact, cards, next } = await listMatches(searcher, withSort(query, 'new'), page, 'words');
  const instead = unread === '' ? '' : ` ${unread} What is looked for is “${printQuery(query)}”.`;
  const about = `Papers that match the search “${text}”, newest first.${instead}`;
  return exact ? { ...list, about, cards, next } : { ...list, about, cards: [], next: undefined };
}
