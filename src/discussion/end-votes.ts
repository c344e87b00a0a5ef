/** The votes of somebody who leaves end with the account: nobody votes twice by deleting one and making another. */

import type { Trx } from '#schema.ts';
import { takeAllTurns } from './take-turn.ts';
import { listPapersOf, recountPaper } from './tally-store.ts';
import { withdrawVotes } from './upvote-store.ts';

/**
 * In the transaction that ends the account, and before it takes any lock but that of all accounts. What the person said
 * stays; its papers are counted anew, too, as rankings look at who said it.
 */
export async function endVotes(trx: Trx, userId: string, now: number): Promise<void> {
  await takeAllTurns(trx);
  const papers = await listPapersOf(trx, userId);
  await withdrawVotes(trx, userId, now);
  for (const paperId of papers) await recountPaper(trx, paperId, now);
}
