/** What the indexes in memory know of each paper; the full-text index of the database goes. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await sql`drop table paper_text`.execute(db);
  await db.schema
    .createTable('search_entries')
    .addColumn('seq', dialectOf(db) === 'postgres' ? 'bigint' : 'integer', (c) => c.primaryKey().notNull())
    .addColumn('change_no', 'bigint', (c) => c.notNull())
    .addColumn('published_on', 'text', (c) => c.notNull())
    .addColumn('categories', 'text', (c) => c.notNull())
    .addColumn('has_code', 'bigint', (c) => c.notNull())
    .addColumn('terms', dialectOf(db) === 'postgres' ? 'bytea' : 'blob', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('search_entries_change').on('search_entries').column('change_no').execute();
  // All papers are due again.
  await db.deleteFrom('search_watermarks').execute();
}
