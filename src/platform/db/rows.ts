/** Many rows in one statement: they travel as one JSON parameter, so a batch costs one compile on both databases. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { DialectName } from './open.ts';

/** `bigint` suits every whole number, flags and epoch milliseconds included. */
export type ColumnType = 'text' | 'bigint';
export type Columns<Row> = { readonly [K in keyof Row & string]: ColumnType };

/**
 * A select over `rows`, with the columns by their names and in the order of `columns`, for `insert into … select`.
 * Text must not contain U+0000, which PostgreSQL cannot hold.
 */
export function selectRows<Row extends object>(
  dialect: DialectName,
  columns: Columns<Row>,
  rows: readonly Row[],
): RawBuilder<Row> {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  // `->>` takes an array index in both; SQLite reads "bigint" as its integer affinity.
  const fields = names.map(
    (name, index) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(columns[name])}) as ${sql.ref(name)}`,
  );
  const source =
    dialect === 'sqlite' ? sql`json_each(${json})` : sql`json_array_elements(${json}::json) as rows(value)`;
  // "where true" keeps SQLite's parser from reading a following "on conflict" as a join condition.
  return sql<Row>`select ${sql.join(fields)} from ${source} where true`;
}

export function columnNames<Row>(columns: Columns<Row>): (keyof Row & string)[] {
  return Object.keys(columns) as (keyof Row & string)[];
}

/** The rows of a subselect as one JSON text `[[…], …]`, in any order: what hangs on a row comes with it in one query. */
export function jsonRows(
  dialect: DialectName,
  columns: readonly string[],
  select: RawBuilder<unknown>,
): RawBuilder<string> {
  const fields = sql.join(columns.map((column) => sql.ref(`items.${column}`)));
  const json =
    dialect === 'sqlite'
      ? sql`json_group_array(json_array(${fields}))`
      : sql`coalesce(json_agg(json_build_array(${fields})), '[]')::text`;
  return sql<string>`(select ${json} from (${select}) as items)`;
}
