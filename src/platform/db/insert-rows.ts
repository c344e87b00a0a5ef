/** Inserts many rows with one statement, whose text does not depend on how many they are. */

import { sql } from 'kysely';
import type { CompiledQuery, Kysely, RawBuilder } from 'kysely';
import { dialectOf } from './open.ts';
import { columnNames, selectRows } from './rows.ts';
import type { Columns } from './rows.ts';

/** A statement that our SQLite driver runs once for each list of values, in one go. */
export interface RepeatedQuery<R = unknown> extends CompiledQuery<R> {
  repeated: readonly (readonly unknown[])[];
}

/**
 * `conflict` is what follows `on conflict`. SQLite works in our process, so a row that is bound to a prepared statement
 * costs it half of one that travels as JSON; to PostgreSQL all go at once.
 */
export async function insertRows<Row extends object>(
  // oxlint-disable-next-line typescript/no-explicit-any -- any schema will do
  db: Kysely<any>,
  { table, columns, rows, conflict }: Insertion<Row>,
): Promise<void> {
  if (rows.length === 0) return;
  const dialect = dialectOf(db);
  const names = columnNames(columns);
  const into = sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})`;
  if (dialect === 'postgres') {
    await sql`${into} ${selectRows(dialect, columns, rows)} on conflict ${conflict}`.execute(db);
    return;
  }
  const query = sql`${into} values (${sql.join(names.map(() => null))}) on conflict ${conflict}`.compile(db);
  const repeated = rows.map((row) => names.map((name) => row[name]));
  const insertion: RepeatedQuery = { ...query, repeated };
  await db.executeQuery(insertion);
}

export interface Insertion<Row> {
  table: string;
  columns: Columns<Row>;
  rows: readonly Row[];
  conflict: RawBuilder<unknown>;
}
