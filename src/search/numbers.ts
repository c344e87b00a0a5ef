/** A list of whole numbers as one parameter, so that lists of any length share one prepared statement. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db } from '#schema.ts';

/** To be used as `.where('seq', 'in', numbers(db, seqs))`. */
export function numbers(db: Db, list: readonly number[]): RawBuilder<number> {
  const json = JSON.stringify(list);
  return dialectOf(db) === 'sqlite'
    ? sql<number>`(select value from json_each(${json}))`
    : sql<number>`(select value::bigint from json_array_elements_text(${json}::json))`;
}
