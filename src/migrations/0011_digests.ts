/** Mails to subscribers: what each is to hold, whether it was sent, what came back; and gists that a model wrote. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('digest_mails')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('subscription_id', text, (c) => c.notNull().references('subscriptions.id').onDelete('cascade'))
    .addColumn('subscriber_id', text, (c) => c.notNull().references('subscribers.id').onDelete('cascade'))
    .addColumn('edition', text, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull())
    .addColumn('papers', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('last_error', 'text')
    .addColumn('sent_at', 'bigint')
    .addUniqueConstraint('digest_mails_once', ['subscription_id', 'edition'])
    .execute();
  // What waits to be sent is the beginning of this index, and it holds nothing else.
  await db.schema
    .createIndex('digest_mails_due')
    .on('digest_mails')
    .columns(['due_at', 'id'])
    .where(sql<boolean>`due_at is not null`)
    .execute();
  // What somebody was sent before, newest first; and what is old enough to be forgotten.
  await db.schema
    .createIndex('digest_mails_subscriber')
    .on('digest_mails')
    .columns(['subscriber_id', 'created_at'])
    .execute();
  await db.schema.createIndex('digest_mails_created').on('digest_mails').columns(['created_at', 'state']).execute();
  await db.schema
    .createTable('mail_bounces')
    .addColumn('email', text, (c) => c.primaryKey().notNull())
    .addColumn('mails', 'text', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('gists')
    .addColumn('paper_id', text, (c) => c.notNull())
    .addColumn('source', text, (c) => c.notNull())
    .addColumn('abstract_hash', text, (c) => c.notNull())
    .addColumn('text', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('gists_key', ['paper_id', 'source'])
    .execute();
}
