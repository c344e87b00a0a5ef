/** Of accounts that were deleted lately a keyed hash of their mailbox: what is counted by the day goes on for whoever comes back. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const text = dialectOf(db) === 'sqlite' ? sql`text` : sql`text collate "C"`;
  await db.schema
    .createTable('left_mailboxes')
    .addColumn('user_id', text, (c) => c.primaryKey().notNull().references('users.id'))
    .addColumn('mark', text, (c) => c.notNull())
    .addColumn('left_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('left_mailboxes_mark').on('left_mailboxes').column('mark').execute();
}
