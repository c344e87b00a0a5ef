/** SQL on submissions whose papers are still to be fetched, and on those that were refused after all. */

import { sql } from 'kysely';
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '#schema.ts';
import type { PaperId } from './paper.ts';
import type { SubmissionRequestTable } from './table.ts';

export type SubmissionRequest = Selectable<SubmissionRequestTable>;

/** Instead of an older request of the same person for the same paper. */
export async function saveRequest(db: Db, asked: Insertable<SubmissionRequestTable>): Promise<void> {
  const request = { by_ban: 0, ...asked };
  const { paper_id: _, user_id: __, ...rest } = request;
  await db
    .insertInto('submission_requests')
    .values(request)
    .onConflict((c) => c.columns(['user_id', 'paper_id']).doUpdateSet(rest))
    .execute();
}

export async function findRequest(
  db: Db,
  { userId, paperId }: { userId: string; paperId: PaperId },
): Promise<SubmissionRequest | undefined> {
  return await db
    .selectFrom('submission_requests')
    .selectAll()
    .where('user_id', '=', userId)
    .where('paper_id', '=', paperId)
    .executeTakeFirst();
}

/** A person's: the few that wait, then those that were refused, of which there may be hundreds; the newest of each first. */
export async function listRequestsOf(db: Db, userId: string, limit?: number): Promise<SubmissionRequest[]> {
  const query = db
    .selectFrom('submission_requests')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy(sql`next_at is null`)
    .orderBy('asked_at', 'desc')
    .orderBy('paper_id');
  return await (limit === undefined ? query : query.limit(limit)).execute();
}

export async function countWaiting(db: Db, userId: string): Promise<number> {
  const row = await db
    .selectFrom('submission_requests')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('next_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Everybody's that are still to be fetched: those that failed most often first, then the oldest. */
export async function listWaiting(db: Db): Promise<SubmissionRequest[]> {
  return await db
    .selectFrom('submission_requests')
    .selectAll()
    .where('next_at', 'is not', null)
    .orderBy('attempts', 'desc')
    .orderBy('asked_at')
    .orderBy('paper_id')
    .execute();
}

/** The one that has waited longest for its turn. */
export async function findDueRequest(db: Db, now: number): Promise<SubmissionRequest | undefined> {
  return await db
    .selectFrom('submission_requests')
    .selectAll()
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst();
}

/** Of one that waits still: what was refused meanwhile, for instance by a ban, stays so. */
export async function updateRequest(
  db: Db,
  { user_id, paper_id }: Pick<SubmissionRequest, 'user_id' | 'paper_id'>,
  change: Partial<Pick<SubmissionRequest, 'next_at' | 'attempts' | 'problem' | 'by_ban'>>,
): Promise<void> {
  await db
    .updateTable('submission_requests')
    .set(change)
    .where('user_id', '=', user_id)
    .where('paper_id', '=', paper_id)
    .where('next_at', 'is not', null)
    .execute();
}

export async function deleteRequest(
  db: Db,
  { user_id, paper_id }: Pick<SubmissionRequest, 'user_id' | 'paper_id'>,
): Promise<void> {
  await db.deleteFrom('submission_requests').where('user_id', '=', user_id).where('paper_id', '=', paper_id).execute();
}

/** Refused ones that were asked for before `instant`, but for those that wait for the end of a ban. */
export async function forgetRefused(db: Db, instant: number): Promise<void> {
  await db
    .deleteFrom('submission_requests')
    .where('next_at', 'is', null)
    .where('by_ban', '=', 0)
    .where('asked_at', '<', instant)
    .execute();
}

/** What a person still waits for is refused while the account is banned. */
export async function refuseAllOf(db: Db, userId: string, reason: string): Promise<void> {
  await db
    .updateTable('submission_requests')
    .set({ next_at: null, problem: `The account was banned: ${reason}`, by_ban: 1 })
    .where('user_id', '=', userId)
    .where('next_at', 'is not', null)
    .execute();
}

/** The end of a ban: what was refused because of it is due again, as if it had just been asked for. */
export async function reviveAllOf(db: Db, userId: string, now: number): Promise<void> {
  await db
    .updateTable('submission_requests')
    .set({ asked_at: now, next_at: now, attempts: 0, problem: null, by_ban: 0 })
    .where('user_id', '=', userId)
    .where('by_ban', '=', 1)
    .execute();
}

/** Whether somebody asked for a paper and was banned, or left, before it came. */
export async function isShutOut(db: Db, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where((e) => e.or([e('banned_at', 'is not', null), e('deleted_at', 'is not', null)]))
    .executeTakeFirst();
  return row !== undefined;
}
