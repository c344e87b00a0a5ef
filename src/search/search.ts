/** The search of an installation: one for all who ask in this process, because its indexes are in memory. */

import type { Db } from '#schema.ts';
import { find } from './find.ts';
import type { Found, Question, SearchState } from './find.ts';
import { followEntries } from './live-index.ts';
import { NO_MERITS } from './merits.ts';
import type { MeritSource } from './merits.ts';
import { takeTurns } from './turns.ts';
import type { Indexes } from './filter.ts';
import type { SavedIndex } from './saved/saved.ts';
import type { VectorSource } from './vectors/vectors.ts';

export interface Search {
  find(question: Question): Promise<Found>;
  /** The indexes as they are now, for other questions than `find`. */
  state(): Promise<SearchState>;
  /**
   * As `state`, without asking the database: for what stands beside a page. Behind by some seconds at most, where people
   * search; waits only for the very first reading.
   */
  recent(): Promise<SearchState>;
  /** Waits until it is the caller's turn, for what takes as long as a search. */
  turn(): Promise<void>;
  /** Saves the index of words, if it was read and enough has changed; whether it was. */
  save(): Promise<boolean>;
}

/** Where nobody searches, which keeps the indexes current by itself, they are read again beside the page after this. */
const FRESH_MS = 10_000;

export function createSearch(
  db: Db,
  vectorSource: VectorSource = async () => undefined,
  meritSource: MeritSource = async () => NO_MERITS,
  saved?: SavedIndex<Indexes>,
): Search {
  const live = followEntries(db, saved);
  const turn = takeTurns();
  let last: SearchState | undefined;
  let readAt = 0;

  async function state(): Promise<SearchState> {
    // Vectors first: of what is written in between, the words then know more, which harms nobody.
    const vectors = await vectorSource();
    last = { db, vectors, indexes: await live.current(), merits: await meritSource() };
    readAt = performance.now();
    return last;
  }

  async function recent(): Promise<SearchState> {
    if (last === undefined) return await state();
    if (performance.now() - readAt >= FRESH_MS) {
      readAt = performance.now();
      // If the database fails, the page's own queries say so.
      state().catch(() => undefined);
    }
    return last;
  }

  return {
    state,
    recent,
    turn,
    save: async () => await live.save(),
    async find(question) {
      await turn();
      return await find(await state(), question);
    },
  };
}
