/** What readers are told of the trending formula, computed by the formula itself. */

import { FORMULA } from '#ranking/formula.ts';
import type { Formula } from '#ranking/formula.ts';
import { trendingParts, trendingScore } from '#ranking/score.ts';
import { MS_PER_DAY } from '#ranking/signals.ts';
import type { Deed } from '#ranking/signals.ts';

export interface RankingFacts {
  formula: Formula;
  /** How far so many votes of today lift a paper of today, in days. */
  lifts: { votes: number; days: number }[];
  /** How far its submitter with two accounts made a minute ago does. */
  pushed: number;
  /** How far a hundred such accounts do. */
  crowd: number;
  /** Where votes of now put a paper of long ago: so many days behind one without votes that is published now. */
  old: { established: number; newcomer: number; two: number; crowd: number; comment: number };
}

const VOTES = [1, 3, 10, 30, 100, 300];
const ESTABLISHED = 365 * MS_PER_DAY;
const NEW = 60_000;

export function rankingFacts(): RankingFacts {
  return {
    formula: FORMULA,
    lifts: VOTES.map((votes) => ({ votes, days: liftOf(voters(votes, ESTABLISHED)) })),
    pushed: liftOf([...voters(2, NEW), { userId: SUBMITTER, kind: 'vote', at: 0, accountAge: ESTABLISHED }]),
    crowd: liftOf(voters(100, NEW)),
    old: {
      established: behind(voters(1, ESTABLISHED)),
      newcomer: behind(voters(1, NEW)),
      two: behind(voters(2, NEW)),
      crowd: behind(voters(100, NEW)),
      comment: behind([{ userId: 'commenter', kind: 'comment', at: 0, accountAge: NEW }]),
    },
  };
}

const SUBMITTER = 'submitter';

function liftOf(deeds: Deed[]): number {
  return trendingParts({ publishedAt: 0, submitterId: SUBMITTER, deeds }).lift;
}

const LONG_AGO = -1_000 * MS_PER_DAY;

/** Scores are days since 1970, which is when these deeds are done. */
function behind(deeds: Deed[]): number {
  return Math.max(0, -trendingScore({ publishedAt: LONG_AGO, submitterId: SUBMITTER, deeds }));
}

function voters(count: number, accountAge: number): Deed[] {
  return Array.from({ length: count }, (_, index) => ({ userId: `voter ${index}`, kind: 'vote', at: 0, accountAge }));
}
