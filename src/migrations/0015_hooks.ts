/** Webhooks, what each was told of, and the messages to them. */

import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('hooks')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('owner_id', text, (c) => c.references('users.id'))
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('events', 'text', (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('top', 'bigint', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('old_secret', 'text')
    .addColumn('old_secret_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('off_at', 'bigint')
    .addColumn('off_reason', 'text')
    .addColumn('failures', 'bigint', (c) => c.notNull())
    .addColumn('searched_change', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('hooks_owner').on('hooks').column('owner_id').execute();
  await db.schema
    .createTable('hook_told')
    .addColumn('hook_id', text, (c) => c.notNull().references('hooks.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('subject', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('hook_told_key', ['hook_id', 'kind', 'subject'])
    .execute();
  await createDeliveries(db, text);
}

async function createDeliveries(db: AnyDb, text: RawBuilder<unknown>): Promise<void> {
  await db.schema
    .createTable('hook_deliveries')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('hook_id', text, (c) => c.notNull().references('hooks.id').onDelete('cascade'))
    .addColumn('event_id', text, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('give_up_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'bigint', (c) => c.notNull())
    .addColumn('tried_at', 'bigint')
    .addColumn('status', 'bigint')
    .addColumn('problem', 'text')
    .addColumn('took', 'bigint')
    .execute();
  await db.schema
    .createIndex('hook_deliveries_event')
    .unique()
    .on('hook_deliveries')
    .columns(['hook_id', 'event_id'])
    .execute();
  await db.schema
    .createIndex('hook_deliveries_log')
    .on('hook_deliveries')
    .columns(['hook_id', 'created_at', 'id'])
    .execute();
  // What is due: few rows at any time, whatever was sent before.
  await db.schema
    .createIndex('hook_deliveries_due')
    .on('hook_deliveries')
    .columns(['due_at', 'id'])
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
}
