/** SQL on votes for papers. */

import { sql } from 'kysely';
import type { PaperId } from '#papers/paper.ts';
import type { Trx } from '#schema.ts';

/** Whether that changed anything. A vote that was taken back comes back with its first time. */
export async function castVote(trx: Trx, paperId: PaperId, userId: string, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('upvotes')
    .values({ paper_id: paperId, user_id: userId, voted_at: now, withdrawn_at: null })
    .onConflict((c) =>
      c
        .columns(['paper_id', 'user_id'])
        .doUpdateSet({ withdrawn_at: null })
        .where(sql.ref('upvotes.withdrawn_at'), 'is not', null),
    )
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Whether that changed anything. */
export async function withdrawVote(trx: Trx, paperId: PaperId, userId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('upvotes')
    .set({ withdrawn_at: now })
    .where('paper_id', '=', paperId)
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
