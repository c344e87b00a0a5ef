/** Queries that are put together once and asked with other values each time. */

import type { CompiledQuery, Kysely } from 'kysely';

/** By their texts. */
const names = new Map<string, string>();

/** The name under which PostgreSQL keeps the plan of a query that is put together here; undefined for any other one. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}

/**
 * For what is asked with every page: to put the query for cards together takes Kysely several times as long as SQLite
 * needs to answer it. `build` is called once for each database (a transaction is one of its own), with stand-ins for the
 * values, which it must hand to the query as they are, as parameters.
 */
export function prepared<Database, Values extends readonly string[], Row>(
  build: (db: Kysely<Database>, ...standIns: Values) => CompiledQuery<Row>,
): (db: Kysely<Database>, ...values: Values) => Promise<Row[]> {
  const known = new WeakMap<Kysely<Database>, { query: CompiledQuery<Row>; places: number[] }>();

  function putTogether(db: Kysely<Database>, count: number) {
    const standIns = Array.from({ length: count }, (_, place) => `stand-in ${place}`);
    const query = build(db, ...(standIns as readonly string[] as Values));
    const made = { query, places: query.parameters.map((parameter) => standIns.indexOf(parameter as string)) };
    known.set(db, made);
    if (!names.has(query.sql)) names.set(query.sql, `broadsheet_${names.size + 1}`);
    return made;
  }

  return async (db, ...values) => {
    const { query, places } = known.get(db) ?? putTogether(db, values.length);
    const parameters = query.parameters.map((given, at) => values[places[at] as number] ?? given);
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
