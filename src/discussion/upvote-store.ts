/** SQL on votes for papers. */

import { sql } from 'kysely';
import { writingUser } from '#accounts/demand-writer.ts';
import { shownPaper } from '#papers/get-paper.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Trx } from '#schema.ts';

/**
 * Whether that changed anything: not where readers see no such paper, or the person may not write. A vote that was taken
 * back comes back with its first time.
 */
export async function castVote(trx: Trx, paperId: PaperId, userId: string, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('upvotes')
    .columns(['paper_id', 'user_id', 'voted_at', 'account_made_at'])
    .expression(
      shownPaper(trx, paperId)
        .innerJoin(writingUser(trx, userId).select(['users.id', 'users.created_at']).as('writer'), (join) =>
          join.onTrue(),
        )
        .select((e) => [
          'papers.id',
          'writer.id as user_id',
          e.cast<number>(e.val(now), 'bigint').as('voted_at'),
          'writer.created_at as account_made_at',
        ]),
    )
    .onConflict((c) =>
      c
        .columns(['paper_id', 'user_id'])
        .doUpdateSet({ withdrawn_at: null })
        .where(sql.ref('upvotes.withdrawn_at'), 'is not', null),
    )
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Whether that changed anything: as `castVote`. */
export async function withdrawVote(trx: Trx, paperId: PaperId, userId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('upvotes')
    .set({ withdrawn_at: now })
    .where('paper_id', '=', paperId)
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .where((e) => e.exists(shownPaper(trx, paperId).select('papers.id')))
    .where((e) => e.exists(writingUser(trx, userId).select('users.id')))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** All of one person's. */
export async function withdrawVotes(trx: Trx, userId: string, now: number): Promise<void> {
  await trx
    .updateTable('upvotes')
    .set({ withdrawn_at: now })
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .execute();
}
