/** What somebody lifted ends with the account: nobody votes or reacts twice by deleting one and making another. */

import type { Trx } from '#schema.ts';
import { listCommentsLiftedBy, recountComments, unsetReactions } from './comment-store.ts';
import { takeAllTurns } from './take-turn.ts';
import { listPapersOf, recountPapers } from './tally-store.ts';
import { withdrawVotes } from './upvote-store.ts';

/**
 * Votes and reactions, in the transaction that ends the account, and before it takes any lock but that of all accounts.
 * What the person said stays; its papers, and the comments above, are counted anew, too, as orders look at who said it.
 * Nobody else votes or comments meanwhile, so it takes a few statements, however much the person did.
 */
export async function endVotes(trx: Trx, userId: string, now: number): Promise<void> {
  await takeAllTurns(trx);
  const papers = await listPapersOf(trx, userId);
  const comments = await listCommentsLiftedBy(trx, userId);
  await withdrawVotes(trx, userId, now);
  await unsetReactions(trx, userId);
  await recountComments(trx, comments, userId);
  await recountPapers(trx, papers, now);
}
