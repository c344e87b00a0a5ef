/** Computes where papers stand, from what people did with them, and stores it: in steps that hold nobody up. */

import { setImmediate as breathe } from 'node:timers/promises';
import { findTallies } from '#discussion/tally-store.ts';
import type { Tally } from '#discussion/tally-store.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { gatherSignals } from './gather.ts';
import type { Gathering } from './gather.ts';
import { trending } from './score.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Signals } from './signals.ts';
import { saveStandings } from './store.ts';
import type { TrendingTable } from './table.ts';

/** Votes and comments read at once: some 15 ms on SQLite. */
const SIGNALS_AT_ONCE = 6_000;
/** Rows written at once: some 15 ms on SQLite. */
const ROWS_AT_ONCE = 500;

/**
 * Between two steps whoever waits gets their turn. Nothing is locked meanwhile: what changes after it was read is due
 * again (`rank-due.ts`). Can be repeated at any time; rows that come out the same are not written.
 */
export async function rankPapers(db: Db, papers: readonly Appearance[], gathering: Gathering): Promise<void> {
  const tallies = await findTallies(
    db,
    papers.map(({ id }) => id),
  );
  await breathe();
  for (const some of portions(papers, tallies)) {
    const signals = await gatherSignals(db, some, gathering);
    await breathe();
    const rows = some.map((paper) => standing(paper, signals.get(paper.id), tallies.get(paper.id)));
    await breathe();
    await saveStandings(db, rows);
    await breathe();
  }
}

/** Cut so that neither the rows nor the signals of a portion are too many. */
function* portions(papers: readonly Appearance[], tallies: ReadonlyMap<PaperId, Tally>) {
  let portion: Appearance[] = [];
  let signals = 0;
  for (const paper of papers) {
    const tally = tallies.get(paper.id);
    const more = tally === undefined ? 0 : tally.upvotes + tally.commenters;
    if (portion.length === ROWS_AT_ONCE || (portion.length > 0 && signals + more > SIGNALS_AT_ONCE)) {
      yield portion;
      portion = [];
      signals = 0;
    }
    portion.push(paper);
    signals += more;
  }
  if (portion.length > 0) yield portion;
}

function standing(paper: Appearance, signals: Signals | undefined, tally: Tally | undefined): TrendingTable {
  const { score, parts } = trending(signals ?? { publishedAt: paper.publishedAt, deeds: [] });
  return {
    seq: paper.seq,
    day: paper.day,
    stands_at: Math.round(score * MS_PER_DAY),
    upvotes: tally?.upvotes ?? 0,
    comments: tally?.comments ?? 0,
    signals_at: tally?.changed_at ?? 0,
    parts: parts.lift === 0 ? '' : JSON.stringify(parts),
  };
}
