/** What somebody lifted ends with the account: nobody votes or reacts twice by deleting one and making another. */

import type { Trx } from '#schema.ts';
import { recountComment, unsetReactions } from './comment-store.ts';
import { takeAllTurns } from './take-turn.ts';
import { listPapersOf, recountPaper } from './tally-store.ts';
import { withdrawVotes } from './upvote-store.ts';

/**
 * Votes and reactions, in the transaction that ends the account, and before it takes any lock but that of all accounts.
 * What the person said stays; its papers are counted anew, too, as rankings look at who said it.
 */
export async function endVotes(trx: Trx, userId: string, now: number): Promise<void> {
  await takeAllTurns(trx);
  const papers = await listPapersOf(trx, userId);
  await withdrawVotes(trx, userId, now);
  for (const commentId of await unsetReactions(trx, userId)) await recountComment(trx, commentId);
  for (const paperId of papers) await recountPaper(trx, paperId, now);
}
