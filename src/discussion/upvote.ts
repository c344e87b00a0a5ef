/** Use case: somebody's vote for a paper is set or taken back. */

import type { PaperId } from '#papers/paper.ts';
import { paperNotHere } from '#papers/get-paper.ts';
import { findStoredIds } from '#papers/store.ts';
import type { Db } from '#schema.ts';
import { takeTurn } from './take-turn.ts';
import { countUpvotes, recountPaper } from './tally-store.ts';
import { castVote, withdrawVote } from './upvote-store.ts';

export interface Vote {
  paperId: PaperId;
  userId: string;
  /** What is wanted, not “the other way round”: a form that is sent twice says the same twice. */
  voted: boolean;
  now: number;
}

/** Returns the paper's votes afterwards. Throws NotFound where there is no such paper. */
export async function upvote(db: Db, { paperId, userId, voted, now }: Vote): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    if (!(await findStoredIds(trx, [paperId])).has(paperId)) throw paperNotHere(paperId);
    await takeTurn(trx, paperId);
    const changed = voted ? await castVote(trx, paperId, userId, now) : await withdrawVote(trx, paperId, userId, now);
    if (changed) await recountPaper(trx, paperId, now);
    return await countUpvotes(trx, paperId);
  });
}
