/** Reports, what moderators did and why, and papers that were hidden. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const postgres = dialectOf(db) === 'postgres';
  const text = postgres ? sql`text collate "C"` : sql`text`;
  await db.schema.alterTable('papers').addColumn('hidden_at', 'bigint').execute();
  await db.schema
    .createTable('hidden_papers')
    .addColumn('paper_id', text, (c) => c.primaryKey().notNull().references('papers.id'))
    .addColumn('announced_on', text)
    .addColumn('organization_slug', text)
    .addColumn('submission', 'text')
    .execute();
  await db.schema
    .createTable('reports')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('target_id', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('paper_id', text, (c) => c.notNull().references('papers.id'))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('reported_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('reports_key', ['kind', 'target_id', 'user_id'])
    .execute();
  await db.schema.createIndex('reports_open').on('reports').columns(['settled_at', 'reported_at']).execute();
  await db.schema.createIndex('reports_of_user').on('reports').column('user_id').execute();
  await db.schema
    .createTable('moderation_log')
    .addColumn('number', postgres ? 'bigserial' : 'integer', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('moderator_id', text, (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('target_id', text, (c) => c.notNull())
    .addColumn('paper_id', text)
    .addColumn('about_user_id', text)
    .addColumn('reason', 'text', (c) => c.notNull())
    .execute();
}
