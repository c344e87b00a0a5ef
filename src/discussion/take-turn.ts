/** Lets those who vote or comment on one paper take turns, so that what is counted last has seen everything. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Trx } from '#schema.ts';

/** Any fixed number does: it keeps these locks apart from others with the same hash. */
const SEED = 7_146_005;

/** Shared by all who take the turn of one paper, alone with who takes all. */
const ALL = 7_146_007;

/**
 * Until the transaction ends nobody else writes what people say of this paper. Must be a statement before those that
 * count, which then see all that was committed. On SQLite the transaction itself is that lock.
 */
export async function takeTurn(trx: Trx, paperId: PaperId): Promise<void> {
  if (dialectOf(trx) !== 'postgres') return;
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(ALL)}),
    pg_advisory_xact_lock(hashtextextended(${paperId}, ${sql.lit(SEED)}))`.execute(trx);
}

/**
 * The turns of all papers, for what is rare and counts many of them anew: waits for whoever has one. Before any other
 * lock of the transaction, and not after `takeTurn`.
 */
export async function takeAllTurns(trx: Trx): Promise<void> {
  if (dialectOf(trx) !== 'postgres') return;
  await sql`select pg_advisory_xact_lock(${sql.lit(ALL)})`.execute(trx);
}
