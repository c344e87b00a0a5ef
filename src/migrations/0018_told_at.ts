/** When hooks were told of something, so that what is no news any more can be forgotten. */

import type { Kysely } from 'kysely';
import { systemClock } from '#platform/clock.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .alterTable('hook_told')
    .addColumn('told_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  // Nobody knows when; what counts as told today is forgotten last.
  await db.updateTable('hook_told').set({ told_at: systemClock.now() }).execute();
}
