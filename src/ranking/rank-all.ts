/** Ranks every paper again: once a day, and when the formula changed. */

import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { listAppearancesBeyond } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import { newestChange } from '#papers/store.ts';
import type { Db } from '#schema.ts';
import { FORMULA } from './formula.ts';
import { LOOK_BACK_MS } from './look-back.ts';
import { rankPapers } from './rank-papers.ts';
import { SMALL_STEPS } from './steps.ts';
import type { Steps } from './steps.ts';
import { saveWatermark } from './store.ts';

export interface RankDue {
  db: Db;
  /** Epoch ms. */
  now: number;
  signal?: AbortSignal | undefined;
}

/** Papers by their ids: those beyond `after`, up to and including `upTo`; all the rest if that is left out. */
export interface IdRange {
  after: PaperId;
  upTo?: PaperId | undefined;
}

/** Of the constants; raise the number when the code of the formula changes what comes of them. */
export const FINGERPRINT = createHash('sha256')
  .update(`1 ${JSON.stringify(FORMULA)}`)
  .digest()
  .readUIntBE(0, 6);

/** In this thread, in small steps. */
export async function rankAll(due: RankDue): Promise<void> {
  await rankAllBy(due, async () => await rankRange(due, { after: '' }, SMALL_STEPS));
}

/**
 * By `rank`, which ends when every paper is ranked or it was told to stop. What no watermark tells of counts from then on:
 * what was set right by hand. A ranking that is broken off begins again from the start, which costs less than to remember
 * the place. Meanwhile others rank what changes.
 */
export async function rankAllBy({ db, now, signal }: RankDue, rank: () => Promise<void>): Promise<void> {
  const newest = await newestChange(db);
  await rank();
  if (signal?.aborted) return;
  await saveWatermark(db, 'papers', newest);
  await saveWatermark(db, 'discussion', now - LOOK_BACK_MS);
  await saveWatermark(db, 'formula', FINGERPRINT);
}

/** In the order of ids, in which votes and comments lie as well. */
export async function rankRange({ db, now, signal }: RankDue, { after, upTo }: IdRange, steps: Steps): Promise<void> {
  for (let beyond = after; !signal?.aborted;) {
    const papers = await listAppearancesBeyond(db, beyond, steps.papers, upTo);
    const end = papers.at(-1);
    if (end === undefined) return;
    await breathe();
    await rankPapers(db, papers, { now, steps, after: beyond });
    beyond = end.id;
  }
}
