/** Our order of an early reading, and those that it is measured against. Higher comes first. */

import { FORMULA } from '#ranking/formula.ts';
import type { Formula } from '#ranking/formula.ts';
import { trendingScore } from '#ranking/score.ts';
import { MS_PER_DAY } from '#ranking/signals.ts';
import type { Deed, Signals } from '#ranking/signals.ts';
import type { TwiceRead } from './readings.ts';

export type Order = (paper: TwiceRead) => number;

const HOUR = 3_600_000;
/** So that a paper read in its first minutes is not divided by nothing. */
const LEAST_HOURS = 0.5;
/** Of those who vote there nothing is known; ours are established after a week. */
const LONG_AGO = 365 * MS_PER_DAY;

function hours({ submittedAt, readAt }: TwiceRead): number {
  return Math.max(LEAST_HOURS, (readAt - submittedAt) / HOUR);
}

/** What a page of raw upvotes would do with papers that are level. */
const NEWER_FIRST = 1e-12;

export const orders = {
  ours: (paper) => atReading(paper, trendingScore(signalsOf(paper))),
  'raw upvotes': ({ upvotes }) => upvotes,
  'raw upvotes, newer first': ({ upvotes, publishedAt }) => upvotes + (publishedAt / HOUR) * NEWER_FIRST,
  'upvotes per hour': (paper) => paper.upvotes / hours(paper),
  'Hacker News': (paper) => (paper.upvotes - 1) / (hours(paper) + 2) ** 1.8,
} satisfies Record<string, Order>;

export function oursWith(change: Partial<Formula>): Order {
  const formula = { ...FORMULA, ...change };
  return (paper) => atReading(paper, trendingScore(signalsOf(paper), formula));
}

/** Papers of several days were read at several moments; the others' scores are as of the reading, and so is this. */
function atReading({ readAt }: TwiceRead, score: number): number {
  return score - readAt / MS_PER_DAY;
}

/**
 * As our site would have seen it. A reading gives numbers, not people: the votes are spread evenly over the time that
 * the paper had been open, one comment is taken to be the submitter's (three papers in four had exactly one), and the
 * stars to have come evenly since the paper was published.
 */
function signalsOf({ publishedAt, submittedAt, readAt, upvotes, comments, stars }: TwiceRead): Signals {
  const deeds = (kind: Deed['kind'], count: number): Deed[] =>
    Array.from({ length: Math.max(0, count) }, (_, index) => ({
      userId: `${kind} ${index}`,
      kind,
      at: submittedAt + ((readAt - submittedAt) * (index + 0.5)) / count,
      accountAge: LONG_AGO,
    }));
  const days = Math.max(1, (readAt - publishedAt) / MS_PER_DAY);
  return {
    publishedAt,
    deeds: [...deeds('vote', upvotes), ...deeds('comment', comments - 1)],
    stars: stars === undefined ? undefined : { perDay: stars / days, at: readAt },
  };
}
