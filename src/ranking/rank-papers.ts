/** Computes where papers stand, from what people did with them, and stores it: in steps that hold nobody up. */

import { setImmediate as breathe } from 'node:timers/promises';
import type { Papers } from '#discussion/among.ts';
import { findTallies } from '#discussion/tally-store.ts';
import type { Tally } from '#discussion/tally-store.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { gather } from './gather.ts';
import type { Gathered } from './gather.ts';
import { trendingBy } from './score.ts';
import { MS_PER_DAY } from './signals.ts';
import { SMALL_STEPS } from './steps.ts';
import type { Steps } from './steps.ts';
import { forgetStandings, saveStandings } from './store.ts';
import type { Standing } from './store.ts';

/** Sums in another order differ in digits beyond these: rows must not. The fourth is some seconds. */
const LIFT_DIGITS = 4;

export interface RankPapers {
  /** Epoch ms. */
  now: number;
  steps?: Steps;
  /**
   * Given where the papers are all those beyond that id, in the order of their ids: what people did with them is then read
   * in one go.
   */
  after?: PaperId;
}

/**
 * Between two steps whoever waits gets their turn. Nothing is locked meanwhile: what changes after it was read is due
 * again (`rank-due.ts`). Can be repeated at any time; rows that come out the same are not written. Hidden papers stand
 * nowhere.
 */
export async function rankPapers(
  db: Db,
  papers: readonly Appearance[],
  { now, steps = SMALL_STEPS, after }: RankPapers,
): Promise<void> {
  if (papers.length === 0) return;
  const tallies = await findTallies(db, papersOf(papers, after));
  await breathe();
  let beyond = after;
  for (const portion of portions(papers, tallies, steps)) {
    const gathered = await gather(db, portion, papersOf(portion, beyond), now);
    await breathe();
    await save(db, portion, (paper) => standing(paper, gathered.get(paper.id), tallies.get(paper.id)));
    await breathe();
    if (beyond !== undefined) beyond = portion.at(-1)?.id;
  }
}

function papersOf(papers: readonly Appearance[], after: PaperId | undefined): Papers {
  if (after === undefined) return { ids: papers.map(({ id }) => id) };
  return { after, upTo: papers.at(-1)?.id ?? after };
}

/** Cut so that neither the rows nor the signals of a portion are too many; a paper with too many is alone in its. */
function* portions(
  papers: readonly Appearance[],
  tallies: ReadonlyMap<PaperId, Tally>,
  steps: Steps,
): Generator<Appearance[]> {
  let portion: Appearance[] = [];
  let signals = 0;
  for (const paper of papers) {
    const tally = tallies.get(paper.id);
    const more = tally === undefined ? 0 : tally.upvotes + tally.commenters;
    const { length } = portion;
    if (length === steps.papers || (length > 0 && signals + more > steps.signals)) {
      yield portion;
      portion = [];
      signals = 0;
    }
    portion.push(paper);
    signals += more;
  }
  if (portion.length > 0) yield portion;
}

async function save(db: Db, papers: readonly Appearance[], standingOf: (paper: Appearance) => Standing): Promise<void> {
  await saveStandings(db, papers.filter(({ hidden }) => !hidden).map(standingOf));
  await forgetStandings(
    db,
    papers.filter(({ hidden }) => hidden),
  );
}

function standing(paper: Appearance, gathered: Gathered | undefined, tally: Tally | undefined): Standing {
  const { publishedAt } = paper;
  const { score, parts } = trendingBy(gathered ?? { people: [] }, { publishedAt, stars: gathered?.stars });
  const row = {
    seq: paper.seq,
    day: paper.day,
    stands_at: Math.round(score * MS_PER_DAY),
    upvotes: tally?.upvotes ?? 0,
    comments: tally?.comments ?? 0,
    signals_at: tally?.changed_at ?? 0,
    parts: parts.lift === 0 ? '' : JSON.stringify({ ...parts, lift: Number(parts.lift.toFixed(LIFT_DIGITS)) }),
  };
  return { row, changeNo: paper.changeNo };
}
