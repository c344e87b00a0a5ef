/** Names that accounts gave up, and when: for a time nobody else takes one, and the log can say who somebody was. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  const text = dialectOf(db) === 'sqlite' ? sql`text` : sql`text collate "C"`;
  await db.schema
    .createTable('former_names')
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.references('users.id'))
    .addColumn('given_up_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('former_names_key', ['name', 'given_up_at'])
    .execute();
  await db.schema.createIndex('former_names_user').on('former_names').columns(['user_id', 'given_up_at']).execute();
}
