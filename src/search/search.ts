/** The search of an installation: one for all who ask in this process, because its indexes are in memory. */

import type { Db } from '#schema.ts';
import { find } from './find.ts';
import type { Found, Question, SearchState } from './find.ts';
import { followEntries } from './live-index.ts';
import type { VectorSource } from './vectors/vectors.ts';

export interface Search {
  find(question: Question): Promise<Found>;
  /** The indexes as they are now, for other questions than `find`. */
  state(): Promise<SearchState>;
}

export function createSearch(db: Db, vectorSource: VectorSource = async () => undefined): Search {
  const live = followEntries(db);
  async function state(): Promise<SearchState> {
    return { db, indexes: await live.current(), vectors: await vectorSource() };
  }
  return { state, find: async (question) => await find(await state(), question) };
}
