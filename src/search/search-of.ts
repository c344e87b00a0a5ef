/** The search of a database: one for all who ask in this process, made when it is first asked for. */

import type { Db } from '#schema.ts';
import { createSearch } from './find.ts';
import type { Search } from './find.ts';

const searches = new WeakMap<Db, Search>();

export function searchOf(db: Db): Search {
  const known = searches.get(db);
  if (known) return known;
  const search = createSearch(db);
  searches.set(db, search);
  return search;
}
