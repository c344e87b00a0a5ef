/** What readers are told of the trending formula, computed by the formula itself. */

import { FORMULA } from '#ranking/formula.ts';
import type { Formula } from '#ranking/formula.ts';
import { trendingParts } from '#ranking/score.ts';
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
  };
}

const SUBMITTER = 'submitter';

function liftOf(deeds: Deed[]): number {
  return trendingParts({ publishedAt: 0, submitterId: SUBMITTER, deeds }).lift;
}

function voters(count: number, accountAge: number): Deed[] {
  return Array.from({ length: count }, (_, index) => ({ userId: `voter ${index}`, kind: 'vote', at: 0, accountAge }));
}
