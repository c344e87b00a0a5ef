/** What papers mean, as vectors: one for each paper and model. */

import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const postgres = dialectOf(db) === 'postgres';
  await db.schema
    .createTable('embeddings')
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('change_no', 'bigint', (c) => c.notNull())
    .addColumn('text_hash', 'bigint', (c) => c.notNull())
    .addColumn('vector', postgres ? 'bytea' : 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('embeddings_key', ['model', 'seq'])
    .execute();
  await db.schema.createIndex('embeddings_change').on('embeddings').columns(['model', 'change_no']).execute();
}
