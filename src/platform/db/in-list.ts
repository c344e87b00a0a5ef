/** `column in (…)` with the whole list as one parameter, so that lists of any length share one prepared statement. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { DialectName } from './open.ts';

/** To be used as `.where(inList(dialect, 'papers.id', ids))`. */
export function inList(dialect: DialectName, column: string, values: readonly string[]): RawBuilder<boolean> {
  const list =
    dialect === 'sqlite'
      ? sql`select value from json_each(${JSON.stringify(values)})`
      : sql`select json_array_elements_text(${JSON.stringify(values)}::json)`;
  return sql<boolean>`${sql.ref(column)} in (${list})`;
}

/** As `inList`, for whole numbers. */
export function inNumbers(dialect: DialectName, column: string, values: readonly number[]): RawBuilder<boolean> {
  const json = JSON.stringify(values);
  const list =
    dialect === 'sqlite'
      ? sql`select value from json_each(${json})`
      : sql`select value::bigint from json_array_elements_text(${json}::json)`;
  return sql<boolean>`${sql.ref(column)} in (${list})`;
}
