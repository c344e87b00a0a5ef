/** Whether anything was written since, without looking at what. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from './open.ts';

/**
 * A number that is another one after any commit, by this process or another one; undefined on PostgreSQL, which keeps
 * none. SQLite tells it without reading a page (sqlite.org/pragma.html#pragma_data_version).
 */
export async function dataVersion<Database>(db: Kysely<Database>): Promise<number | undefined> {
  if (dialectOf(db) !== 'sqlite') return undefined;
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db);
  return rows[0]?.data_version;
}
