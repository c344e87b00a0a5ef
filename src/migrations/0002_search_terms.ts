/** The stems of each paper, counted: what the lexical index in memory is built from. */

import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('search_terms')
    .addColumn('seq', dialectOf(db) === 'postgres' ? 'bigint' : 'integer', (c) => c.primaryKey().notNull())
    .addColumn('change_no', 'bigint', (c) => c.notNull())
    .addColumn('terms', dialectOf(db) === 'postgres' ? 'bytea' : 'blob', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('search_terms_change').on('search_terms').column('change_no').execute();
  // Papers that are in the full-text index already are due again.
  await db.deleteFrom('search_watermarks').where('name', '=', 'text').execute();
}
