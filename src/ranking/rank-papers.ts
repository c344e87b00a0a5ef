/** Computes where papers stand, from what people did with them, and stores it: in steps that hold nobody up. */

import { setImmediate as breathe } from 'node:timers/promises';
import type { Papers } from '#discussion/among.ts';
import { findTallies } from '#discussion/tally-store.ts';
import type { Tally } from '#discussion/tally-store.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { forgetOutdated, gather, gatherInParts } from './gather.ts';
import type { Gathered, Gathering, Steps } from './gather.ts';
import { trendingBy } from './score.ts';
import { MS_PER_DAY } from './signals.ts';
import { forgetStandings, saveStandings } from './store.ts';
import type { Standing } from './store.ts';

/**
 * Between two steps whoever waits gets their turn. Nothing is locked meanwhile: what changes after it was read is due
 * again (`rank-due.ts`). Can be repeated at any time; rows that come out the same are not written. Hidden papers stand
 * nowhere. `after` is given where the papers are all those beyond that id, in the order of their ids: what people did
 * with them is then read in one go.
 */
export async function rankPapers(
  db: Db,
  papers: readonly Appearance[],
  gathering: Gathering,
  after?: PaperId,
): Promise<void> {
  if (papers.length === 0) return;
  const tallies = await findTallies(db, papersOf(papers, after));
  forgetOutdated(gathering, tallies.values());
  await breathe();
  let beyond = after;
  for (const portion of portions(papers, tallies, gathering.steps)) {
    await rankPortion(db, portion, papersOf(portion.papers, beyond), tallies, gathering);
    if (beyond !== undefined) beyond = portion.papers.at(-1)?.id;
  }
}

function papersOf(papers: readonly Appearance[], after: PaperId | undefined): Papers {
  if (after === undefined) return { ids: papers.map(({ id }) => id) };
  return { after, upTo: papers.at(-1)?.id ?? after };
}

interface Portion {
  papers: Appearance[];
  /** How many votes and commenters they have. */
  signals: number;
}

async function rankPortion(
  db: Db,
  { papers, signals }: Portion,
  among: Papers,
  tallies: ReadonlyMap<PaperId, Tally>,
  gathering: Gathering,
): Promise<void> {
  const [one] = papers;
  const gathered =
    one !== undefined && signals > gathering.steps.signals
      ? new Map([[one.id, await gatherInParts(db, one, gathering)]])
      : await gather(db, papers, among, gathering);
  await breathe();
  const shown = papers.filter(({ hidden }) => !hidden);
  const standings = shown.map((paper) => standing(paper, gathered.get(paper.id), tallies.get(paper.id)));
  await breathe();
  await saveStandings(db, standings);
  await forgetStandings(
    db,
    papers.filter(({ hidden }) => hidden),
  );
  await breathe();
}

/** Cut so that neither the rows nor the signals of a portion are too many; a paper with too many is alone in its. */
function* portions(
  papers: readonly Appearance[],
  tallies: ReadonlyMap<PaperId, Tally>,
  steps: Steps,
): Generator<Portion> {
  let portion: Portion = { papers: [], signals: 0 };
  for (const paper of papers) {
    const tally = tallies.get(paper.id);
    const more = tally === undefined ? 0 : tally.upvotes + tally.commenters;
    const { length } = portion.papers;
    if (length === steps.papers || (length > 0 && portion.signals + more > steps.signals)) {
      yield portion;
      portion = { papers: [], signals: 0 };
    }
    portion.papers.push(paper);
    portion.signals += more;
  }
  if (portion.papers.length > 0) yield portion;
}

function standing(paper: Appearance, gathered: Gathered | undefined, tally: Tally | undefined): Standing {
  const { publishedAt } = paper;
  const { score, parts } = trendingBy(gathered?.people ?? [], { publishedAt, stars: gathered?.stars });
  const row = {
    seq: paper.seq,
    day: paper.day,
    stands_at: Math.round(score * MS_PER_DAY),
    upvotes: tally?.upvotes ?? 0,
    comments: tally?.comments ?? 0,
    signals_at: tally?.changed_at ?? 0,
    parts: parts.lift === 0 ? '' : JSON.stringify(parts),
  };
  return { row, changeNo: paper.changeNo };
}
