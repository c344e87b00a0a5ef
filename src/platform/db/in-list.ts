/** `column in (…)` with the whole list as one parameter, so that lists of any length share one prepared statement. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { DialectName } from './open.ts';

/** To be used as `.where(inList(dialect, 'papers.id', ids))`. A string is the JSON of the list. */
export function inList(dialect: DialectName, column: string, values: readonly string[] | string): RawBuilder<boolean> {
  const json = typeof values === 'string' ? values : JSON.stringify(values);
  const list =
    dialect === 'sqlite'
      ? sql`select value from json_each(${json})`
      : sql`select json_array_elements_text(${json}::json)`;
  return sql<boolean>`${sql.ref(column)} in (${list})`;
}

/** A table of texts with one column, to be named by `as`. A string is the JSON of the list. */
export function textRows(
  dialect: DialectName,
  column: string,
  values: readonly string[] | string,
): RawBuilder<unknown> {
  const json = typeof values === 'string' ? values : JSON.stringify(values);
  return dialect === 'sqlite'
    ? sql`(select value as ${sql.ref(column)} from json_each(${json}))`
    : sql`(select value as ${sql.ref(column)} from json_array_elements_text(${json}::json))`;
}

/** A table `list` of whole numbers with the column `value`: a join with it takes a third of the time of `in` on SQLite. A string is the JSON of the list. */
export function numberRows(dialect: DialectName, values: readonly number[] | string): RawBuilder<unknown> {
  const json = typeof values === 'string' ? values : JSON.stringify(values);
  return dialect === 'sqlite'
    ? sql`json_each(${json}) as list`
    : sql`(select value::bigint from json_array_elements_text(${json}::json)) as list`;
}

/** As `inList`, for whole numbers. */
export function inNumbers(
  dialect: DialectName,
  column: string,
  values: readonly number[] | string,
): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} in (select value from ${numberRows(dialect, values)})`;
}
