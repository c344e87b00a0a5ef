/**
 * What moderators were told of, which decision answered a report, and whose reasons were written for others to read; which
 * submissions wait for the end of a ban; full names that look like the name of somebody's address are taken out.
 */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await db.schema.alterTable('reports').addColumn('told_at', 'bigint').execute();
  await db.schema.alterTable('reports').addColumn('log_number', 'bigint').execute();
  // Reasons of before were written for the log alone.
  await db.schema
    .alterTable('moderation_log')
    .addColumn('is_told', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('submission_requests')
    .addColumn('by_ban', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update submission_requests set by_ban = 1 where next_at is null and (problem like 'The account was banned: %'
    or problem = 'The account that asked for it can no longer submit.')`.execute(db);
  await sql`update users set full_name = null
    where full_name like '%@%' or full_name like '%＠%' or full_name like '%﹫%'`.execute(db);
}
