/** What readers asked to be sent by mail: who, what, when; what waits to be confirmed; and who is not mailed any more. */

import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await createSubscribers(db);
  await createSubscriptions(db);
  await createRequests(db);
  await createMails(db);
  await db.schema
    .createTable('suppressed_addresses')
    .addColumn('email', text(db), key)
    .addColumn('suppressed_at', 'bigint', required)
    .addColumn('reason', 'text', required)
    .addColumn('detail', 'text', required)
    .execute();
}

function text(db: AnyDb) {
  return dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
}

const required = (c: ColumnDefinitionBuilder) => c.notNull();
const key = (c: ColumnDefinitionBuilder) => c.primaryKey().notNull();
/** Who has their address deleted has everything deleted that hangs on it. */
const ofSubscriber = (c: ColumnDefinitionBuilder) => c.notNull().references('subscribers.id').onDelete('cascade');

async function createSubscribers(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('subscribers')
    .addColumn('id', text(db), key)
    .addColumn('email', text(db), (c) => c.notNull().unique())
    .addColumn('time_zone', 'text', required)
    .addColumn('link_key', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('confirmed_at', 'bigint')
    .addColumn('confirmed_from', 'text')
    .addColumn('paused_until', 'bigint')
    .addColumn('ended_at', 'bigint')
    .execute();
}

async function createSubscriptions(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('subscriptions')
    .addColumn('id', text(db), key)
    .addColumn('subscriber_id', text(db), ofSubscriber)
    .addColumn('kind', 'text', required)
    .addColumn('topics', 'text', required)
    .addColumn('frequency', 'text', required)
    .addColumn('weekday', 'integer', required)
    .addColumn('hour', 'integer', required)
    .addColumn('most', 'integer', required)
    .addColumn('repeats', 'integer', required)
    .addColumn('even_if_empty', 'integer', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('ended_at', 'bigint')
    .addColumn('next_at', 'bigint')
    .execute();
  await db.schema.createIndex('subscriptions_subscriber').on('subscriptions').column('subscriber_id').execute();
  // Who is due is the beginning of this index.
  await db.schema
    .createIndex('subscriptions_due')
    .on('subscriptions')
    .columns(['next_at', 'id'])
    .where(sql<boolean>`next_at is not null`)
    .execute();
}

async function createRequests(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('subscription_requests')
    .addColumn('token_hash', text(db), key)
    .addColumn('subscriber_id', text(db), ofSubscriber)
    .addColumn('asked', 'text', required)
    .addColumn('asked_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .execute();
  for (const column of ['subscriber_id', 'expires_at'])
    await db.schema.createIndex(`subscription_requests_${column}`).on('subscription_requests').column(column).execute();
}

async function createMails(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('subscription_mails')
    .addColumn('id', text(db), key)
    .addColumn('email', text(db), required)
    .addColumn('asked', 'text', required)
    .addColumn('origin', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('due_at', 'bigint', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('last_error', 'text')
    .execute();
  await db.schema.createIndex('subscription_mails_due').on('subscription_mails').column('due_at').execute();
}
