/** SQL on closed discussions. */

import type { PaperId } from '#papers/paper.ts';
import type { Db, Trx } from '#schema.ts';
import type { DiscussionLockTable } from './table.ts';

export async function isLocked(db: Db, paperId: PaperId): Promise<boolean> {
  const row = await db
    .selectFrom('discussion_locks')
    .select('paper_id')
    .where('paper_id', '=', paperId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether that changed anything. */
export async function lockDiscussion(trx: Trx, lock: DiscussionLockTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('discussion_locks')
    .values(lock)
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Whether that changed anything. */
export async function unlockDiscussion(trx: Trx, paperId: PaperId): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('discussion_locks')
    .where('paper_id', '=', paperId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
