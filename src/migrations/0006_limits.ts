/** How often somebody has done something, shared by all processes. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const sqlite = dialectOf(db) === 'sqlite';
  const table = db.schema
    .createTable('rate_limits')
    .addColumn('key', sqlite ? 'text' : sql`text collate "C"`, (c) => c.primaryKey().notNull())
    .addColumn('full_at', 'bigint', (c) => c.notNull());
  await (sqlite ? table.modifyEnd(sql`without rowid`) : table).execute();
  await db.schema.createIndex('rate_limits_full').on('rate_limits').column('full_at').execute();
}
