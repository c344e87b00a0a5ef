/** A search as something to follow: what it finds, the newest first, so that what is new stands at the top. */

import { invalid } from '#platform/errors.ts';
import { cleanQuery } from '#search/query/clean.ts';
import { withSort } from '#search/query/edit.ts';
import { categoryPath, searchPath } from './addresses.ts';
import { hydrate } from './hydrate.ts';
import type { Moved, NamedList } from './named-list.ts';
import { readSearch } from './read-search.ts';
import { listMatches } from './search.ts';
import type { Searcher } from './search.ts';
import type { PageRequest } from './skeleton.ts';

/**
 * The papers of the page `/search?q=`, which has the best first: followed in that order, a new paper that is not among
 * the best fifty would never be seen. `sort:trending` is kept. Throws AppError 'invalid' where nothing is asked.
 */
export async function openSearch(searcher: Searcher, typed: string, page: PageRequest): Promise<NamedList | Moved> {
  const meant = await readSearch(searcher.db, typed);
  if (meant.kind === 'nothing') {
    throw invalid('The address does not say what to search for.', 'Write it after “q=”: ?q=mixture+of+experts');
  }
  if (meant.kind === 'category') return { movedTo: categoryPath(meant.name), forGood: false };
  const text = cleanQuery(typed);
  const list = { path: searchPath(text), title: `Search: ${text}`, about: `Papers found by the search “${text}”` };
  if (meant.kind === 'paper') {
    return { ...list, about: `${list.about}.`, cards: await hydrate(searcher.db, [meant.id]), next: undefined };
  }
  const { sort } = meant.query;
  const { cards, next } = await listMatches(searcher, withSort(meant.query, sort === 'relevance' ? 'new' : sort), page);
  return { ...list, about: `${list.about}, ${sort === 'trending' ? 'trending' : 'newest'} first.`, cards, next };
}
