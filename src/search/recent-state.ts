/** The indexes without asking the database whether they are the newest: for what stands beside a page, not for answers. */

import type { SearchState } from './find.ts';
import type { Search } from './search.ts';

/** Where nobody searches, which keeps the indexes current by itself, a page is behind by this and the time to the next. */
const FRESH_MS = 10_000;

const known = new WeakMap<Search, { state: SearchState; at: number }>();

/** Waits only for the first reading of the indexes; later ones go on beside the page. */
export async function recentState(search: Search): Promise<SearchState> {
  const last = known.get(search);
  if (last === undefined) return await readState(search);
  if (performance.now() - last.at >= FRESH_MS) {
    last.at = performance.now();
    // If the database fails, the page's own queries say so.
    readState(search).catch(() => undefined);
  }
  return last.state;
}

async function readState(search: Search): Promise<SearchState> {
  const state = await search.state();
  known.set(search, { state, at: performance.now() });
  return state;
}
