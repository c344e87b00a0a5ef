/** Brings the trending lists up to date: what is due is a query, so it can be run at any time and by any process. */

import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { listChangedSince } from '#discussion/signals.ts';
import type { Changed } from '#discussion/signals.ts';
import {
  findAppearances,
  listAppearancesAfter,
  listAppearancesBeyond,
  listAppearancesSubmitted,
} from '#papers/appearances.ts';
import type { Appearance } from '#papers/appearances.ts';
import { listStarred } from '#papers/star-store.ts';
import { newestChange } from '#papers/store.ts';
import type { PaperId } from '#papers/paper.ts';
import { epochToDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { FORMULA } from './formula.ts';
import { LOOK_BACK_MS, SMALL_STEPS, startGathering } from './gather.ts';
import type { Steps } from './gather.ts';
import { rankPapers } from './rank-papers.ts';
import { MS_PER_DAY } from './signals.ts';
import { findSignalTimes, findStandingDays, readWatermark, saveWatermark } from './store.ts';

/** So much more is looked at again than has to be. */
const WATERMARK_STEP_MS = 20_000;

/** Papers are submitted for today's edition, which may be that of another day in UTC. */
const SUBMITTED_DAYS = 2;

export interface RankDue {
  db: Db;
  /** Epoch ms. */
  now: number;
  signal?: AbortSignal | undefined;
}

/**
 * Papers that were written or changed, papers that people did something with, and all of them once the formula changed:
 * by `all`, for those who have them ranked elsewhere.
 */
export async function rankDue(due: RankDue, all: (due: RankDue) => Promise<void> = rankAll): Promise<void> {
  if ((await readWatermark(due.db, 'formula')) !== FINGERPRINT) await all(due);
  await rankNewPapers(due);
  await rankDiscussed(due);
  await rankSubmitted(due);
}

/** Papers whose stars were read since the day before: readings come once a day. */
export async function rankStarred({ db, now, signal }: RankDue): Promise<void> {
  const gathering = startGathering(now);
  const starred = await listStarred(db, epochToDay(now - MS_PER_DAY));
  const { papers } = gathering.steps;
  for (let start = 0; start < starred.length && !signal?.aborted; start += papers) {
    await rankPapers(db, await findAppearances(db, starred.slice(start, start + papers)), gathering);
  }
}

/**
 * Every paper again, in the order of ids, in which votes and comments lie as well. What no watermark tells of counts from
 * then on: what was set right by hand. One that is broken off begins again from the start, which costs
 * less than to remember the place. Meanwhile others rank what changes.
 */
export async function rankAll({ db, now, signal }: RankDue, steps: Steps = SMALL_STEPS): Promise<void> {
  const newest = await newestChange(db);
  const gathering = startGathering(now, steps);
  for (let after: PaperId = ''; ;) {
    if (signal?.aborted) return;
    const papers = await listAppearancesBeyond(db, after, steps.papers);
    const end = papers.at(-1);
    if (end === undefined) break;
    await breathe();
    await rankPapers(db, papers, gathering, after);
    after = end.id;
  }
  await saveWatermark(db, 'papers', newest);
  await saveWatermark(db, 'discussion', now - LOOK_BACK_MS);
  await saveWatermark(db, 'formula', FINGERPRINT);
}

/** Papers that were written or changed; no more than so many steps of them. */
export async function rankNewPapers({ db, now, signal }: RankDue, atMost = Infinity): Promise<void> {
  const gathering = startGathering(now);
  let last = await readWatermark(db, 'papers');
  for (let step = 0; step < atMost && !signal?.aborted; step++) {
    const papers = await listAppearancesAfter(db, last, gathering.steps.papers);
    const end = papers.at(-1);
    if (end === undefined) return;
    await rankPapers(db, papers, gathering);
    last = end.changeNo;
    await saveWatermark(db, 'papers', last);
  }
}

/** Of the constants; raise the number when the code of the formula changes what comes of them. */
const FINGERPRINT = createHash('sha256')
  .update(`1 ${JSON.stringify(FORMULA)}`)
  .digest()
  .readUIntBE(0, 6);

async function rankDiscussed({ db, now, signal }: RankDue): Promise<void> {
  const since = await readWatermark(db, 'discussion');
  const gathering = startGathering(now);
  const { papers } = gathering.steps;
  let changed: Changed[] = [];
  do {
    if (signal?.aborted) return;
    changed = await listChangedSince(db, since, papers, changed.at(-1));
    await rankPapers(db, await outdated(db, changed), gathering);
  } while (changed.length === papers);
  // What was counted already costs one look the next time: no reason to write after each vote.
  if (now - LOOK_BACK_MS - since > WATERMARK_STEP_MS) await saveWatermark(db, 'discussion', now - LOOK_BACK_MS);
}

/** Papers that were here already and were put into an edition of late: whose they are and under which day they stand. */
export async function rankSubmitted({ db, now }: RankDue): Promise<void> {
  const papers = await listAppearancesSubmitted(db, epochToDay(now - SUBMITTED_DAYS * MS_PER_DAY));
  const days = await findStandingDays(
    db,
    papers.map(({ seq }) => seq),
  );
  const moved = papers.filter(({ seq, day }) => days.get(seq) !== day);
  if (moved.length > 0) await rankPapers(db, moved, startGathering(now));
}

/** Those that were not ranked with just these signals. */
export async function outdated(db: Db, changed: readonly Changed[]): Promise<Appearance[]> {
  const papers = await findAppearances(
    db,
    changed.map(({ paperId }) => paperId),
  );
  const counted = await findSignalTimes(
    db,
    papers.map(({ seq }) => seq),
  );
  const changedAt = new Map(changed.map((one) => [one.paperId, one.changedAt]));
  return papers.filter(({ seq, id, hidden }) => !hidden && counted.get(seq) !== changedAt.get(id));
}
