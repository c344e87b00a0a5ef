/** The indexes without asking the database whether they are the newest: for what stands beside a page, not for answers. */

import type { SearchState } from './find.ts';
import type { Search } from './search.ts';

/** Most searches keep the indexes current anyway; where nobody searches, a page is at most this far behind. */
const FRESH_MS = 10_000;

const known = new WeakMap<Search, { state: SearchState; at: number }>();

export async function recentState(search: Search): Promise<SearchState> {
  const last = known.get(search);
  if (last !== undefined && performance.now() - last.at < FRESH_MS) return last.state;
  const state = await search.state();
  known.set(search, { state, at: performance.now() });
  return state;
}
