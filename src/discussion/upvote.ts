/** Use case: somebody's vote for a paper is set or taken back. */

import { demandWriter } from '#accounts/demand-writer.ts';
import type { PaperId } from '#papers/paper.ts';
import { demandShown } from '#papers/get-paper.ts';
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

/** Returns the paper's votes afterwards. Throws NotFound where readers see no such paper, and 'forbidden' for who was banned. */
export async function upvote(db: Db, { paperId, userId, voted, now }: Vote): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await takeTurn(trx, paperId);
    const changed = voted ? await castVote(trx, paperId, userId, now) : await withdrawVote(trx, paperId, userId, now);
    if (changed) return await recountPaper(trx, paperId, now);
    // Nothing was to be changed, or it must not be: asked only then, which saves each vote two statements.
    await demandWriter(trx, userId);
    await demandShown(trx, paperId);
    return await countUpvotes(trx, paperId);
  });
}
