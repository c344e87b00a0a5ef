/** A list of whole numbers as one parameter, so that lists of any length share one prepared statement. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db } from '#schema.ts';

/** To be used as `.where('seq', 'in', numbers(db, seqs))`. */
export function numbers(db: Db, list: readonly number[]): RawBuilder<number> {
  return sql<number>`(select value from ${numberRows(db, list)})`;
}

/** A table `list` with the column `value`, to be joined with. */
export function numberRows(db: Db, list: readonly number[]): RawBuilder<unknown> {
  const json = JSON.stringify(list);
  return dialectOf(db) === 'sqlite'
    ? sql`json_each(${json}) as list`
    : sql`(select value::bigint from json_array_elements_text(${json}::json)) as list`;
}
