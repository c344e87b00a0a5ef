/** Where each paper stands in the trending lists, and up to where that was computed. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const postgres = dialectOf(db) === 'postgres';
  const text = postgres ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('trending')
    .addColumn('seq', postgres ? 'bigint' : 'integer', (c) => c.primaryKey().notNull())
    .addColumn('day', text, (c) => c.notNull())
    .addColumn('stands_at', 'bigint', (c) => c.notNull())
    .addColumn('upvotes', 'bigint', (c) => c.notNull())
    .addColumn('comments', 'bigint', (c) => c.notNull())
    .addColumn('signals_at', 'bigint', (c) => c.notNull())
    .addColumn('parts', 'text', (c) => c.notNull())
    .execute();
  // All time: a page is one range of the index of its order.
  for (const column of ['stands_at', 'upvotes', 'comments']) {
    const columns = column === 'stands_at' ? [column, 'seq'] : [column, 'stands_at', 'seq'];
    await db.schema.createIndex(`trending_${column}`).on('trending').columns(columns).execute();
  }
  // The last days: one range of this index, whatever the order; and newest first for all time.
  await db.schema
    .createIndex('trending_day')
    .on('trending')
    .columns(['day', 'stands_at', 'seq', 'upvotes', 'comments'])
    .execute();
  // What people lifted above their dates: few, and what a search by trend asks for.
  await db.schema
    .createIndex('trending_lifted')
    .on('trending')
    .columns(['stands_at', 'seq'])
    .where(sql<boolean>`parts <> ''`)
    .execute();
  await db.schema
    .createTable('trending_watermarks')
    .addColumn('name', text, (c) => c.primaryKey().notNull())
    .addColumn('value', 'bigint', (c) => c.notNull())
    .execute();
}
