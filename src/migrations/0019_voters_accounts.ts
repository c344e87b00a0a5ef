/** When a voter's account was made, beside the vote: of a million votes nobody is to be looked up in another table. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .alterTable('upvotes')
    .addColumn('account_made_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update upvotes set account_made_at = users.created_at from users where users.id = upvotes.user_id`.execute(
    db,
  );
}
