/** Brings the trending lists up to date: what is due is a query, so it can be run at any time and by any process. */

import { listChangedSince } from '#discussion/signals.ts';
import type { Changed } from '#discussion/signals.ts';
import { findAppearances, listAppearancesAfter, listAppearancesSubmitted } from '#papers/appearances.ts';
import type { Appearance } from '#papers/appearances.ts';
import { listStarred } from '#papers/star-store.ts';
import { epochToDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { LOOK_BACK_MS } from './look-back.ts';
import { FINGERPRINT, rankAll } from './rank-all.ts';
import type { RankDue } from './rank-all.ts';
import { rankPapers } from './rank-papers.ts';
import { MS_PER_DAY } from './signals.ts';
import { SMALL_STEPS } from './steps.ts';
import { findSignalTimes, findStandingDays, readWatermark, saveWatermark } from './store.ts';

/** So much more is looked at again than has to be. */
const WATERMARK_STEP_MS = 20_000;

/** Papers are submitted for today's edition, which may be that of another day in UTC. */
const SUBMITTED_DAYS = 2;

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
  const starred = await listStarred(db, epochToDay(now - MS_PER_DAY));
  const { papers } = SMALL_STEPS;
  for (let start = 0; start < starred.length && !signal?.aborted; start += papers) {
    await rankPapers(db, await findAppearances(db, starred.slice(start, start + papers)), { now });
  }
}

/** Papers that were written or changed; no more than so many steps of them. */
export async function rankNewPapers({ db, now, signal }: RankDue, atMost = Infinity): Promise<void> {
  let last = await readWatermark(db, 'papers');
  for (let step = 0; step < atMost && !signal?.aborted; step++) {
    const papers = await listAppearancesAfter(db, last, SMALL_STEPS.papers);
    const end = papers.at(-1);
    if (end === undefined) return;
    await rankPapers(db, papers, { now });
    last = end.changeNo;
    await saveWatermark(db, 'papers', last);
  }
}

async function rankDiscussed({ db, now, signal }: RankDue): Promise<void> {
  const since = await readWatermark(db, 'discussion');
  const { papers } = SMALL_STEPS;
  let changed: Changed[] = [];
  do {
    if (signal?.aborted) return;
    changed = await listChangedSince(db, since, papers, changed.at(-1));
    await rankPapers(db, await outdated(db, changed), { now });
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
  if (moved.length > 0) await rankPapers(db, moved, { now });
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
