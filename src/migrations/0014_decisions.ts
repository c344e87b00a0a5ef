/** What moderators' decisions are looked up by, and what is kept of them: banned accounts, and from where one decided. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await forgetVotesOfBanned(db);
  const text = dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
  // The comment from whose page an account was banned or a discussion closed.
  await db.schema.alterTable('moderation_log').addColumn('comment_id', text).execute();
  // Whether an edit of links changed that of the code. Of older edits that is not known: they are taken for it.
  await db.schema
    .alterTable('paper_link_edits')
    .addColumn('sets_code', 'bigint', (c) => c.notNull().defaultTo(1))
    .execute();
}

/** Whose votes do not count is asked with each vote; those that were counted until now are taken out. */
async function forgetVotesOfBanned(db: AnyDb): Promise<void> {
  await db.schema
    .createIndex('users_banned')
    .on('users')
    .column('id')
    .where(sql.ref('banned_at'), 'is not', null)
    .execute();
  const banned = sql`select id from users where banned_at is not null`;
  await sql`update paper_tallies set changed_at = changed_at + 1, upvotes = (
      select count(*) from upvotes where upvotes.paper_id = paper_tallies.paper_id
        and withdrawn_at is null and user_id not in (${banned}))
    where paper_id in (select paper_id from upvotes where user_id in (${banned}))`.execute(db);
}
