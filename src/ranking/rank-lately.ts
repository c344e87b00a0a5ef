/** Ranks what people did just now, however much else is due: a vote waits for none of it. */

import { listChangedSince, listLastChanged } from '#discussion/signals.ts';
import type { Changed } from '#discussion/signals.ts';
import type { Db } from '#schema.ts';
import { LOOK_BACK_MS } from './look-back.ts';
import type { RankDue } from './rank-all.ts';
import { outdated, rankNewPapers, rankSubmitted } from './rank-due.ts';
import { rankPapers } from './rank-papers.ts';
import { SMALL_STEPS } from './steps.ts';

/**
 * To be called after each write. What it leaves, `rankDue` finds: a changed formula, what was done longer ago than it
 * looks back, and new papers beyond one step of them, of which an import makes a hundred thousand.
 */
export async function rankLately(due: RankDue): Promise<void> {
  await rankLastDiscussed(due);
  await rankSubmitted(due);
  await rankNewPapers(due, 1);
}

/**
 * The newest first, and before each further step back what was done meanwhile: a ban counts all papers anew that somebody
 * voted for, and the next vote is not to wait for their ranks.
 */
async function rankLastDiscussed({ db, now, signal }: RankDue): Promise<void> {
  const limit = SMALL_STEPS.papers;
  let newest: Changed | undefined;
  let oldest: Changed | undefined;
  while (!signal?.aborted) {
    if (newest) {
      const newer = await listChangedSince(db, newest.changedAt, limit, newest);
      await rankOutdated(db, newer, now);
      newest = newer.at(-1) ?? newest;
    }
    const older = await listLastChanged(db, now - LOOK_BACK_MS, limit, oldest);
    await rankOutdated(db, older, now);
    if (older.length < limit) return;
    newest ??= older[0];
    oldest = older.at(-1);
  }
}

async function rankOutdated(db: Db, changed: readonly Changed[], now: number): Promise<void> {
  if (changed.length > 0) await rankPapers(db, await outdated(db, changed), { now });
}
