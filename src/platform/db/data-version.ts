/** Whether anything was written since, without looking at what. */

import { CompiledQuery } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from './open.ts';

/** Put together once: each search asks twice. */
const DATA_VERSION = CompiledQuery.raw('pragma data_version');

/**
 * A number that is another one after any commit, by this process or another one; undefined on PostgreSQL, which keeps
 * none. SQLite tells it without reading a page (sqlite.org/pragma.html#pragma_data_version).
 */
export async function dataVersion<Database>(db: Kysely<Database>): Promise<number | undefined> {
  if (dialectOf(db) !== 'sqlite') return undefined;
  const { rows } = await db.executeQuery<{ data_version: number }>(DATA_VERSION);
  return rows[0]?.data_version;
}
