/**
 * The trending formula. Pure.
 *
 * What people did is added up, each deed halved for every half-life that has passed since. As all of them fade alike,
 * the order of two papers changes only when somebody does something: scores are stored and never recomputed for age.
 * To make that plain, a score is a date: the paper ranks like one without votes that was published then.
 */

import type { Sum } from '#discussion/signals.ts';
import { FORMULA } from './formula.ts';
import type { Formula } from './formula.ts';
import { countedPeople, fading, isNewcomer, votesOf } from './people.ts';
import type { Person, Weight } from './people.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Signals } from './signals.ts';

type When = Pick<Signals, 'publishedAt' | 'stars'>;

/** What each contributes to the whole weight, in hundredths. */
export interface Shares {
  publication: number;
  established: number;
  newcomers: number;
  stars: number;
}

/** What a score is made of. People are counted once each, the submitter left out. */
export interface TrendingParts {
  voters: number;
  /** Who commented and did not vote. */
  commenters: number;
  /** How many of both had young accounts. */
  newcomers: number;
  /** Stars a day. */
  starsPerDay: number;
  shares: Shares;
  /** Days by which the paper stands above where its age alone would put it. */
  lift: number;
}

export interface Trending {
  /** Days since 1970-01-01, with fractions: the paper stands where one without votes stands that is published then. */
  score: number;
  parts: TrendingParts;
}

export function trendingScore(signals: Signals, formula: Formula = FORMULA): number {
  return trending(signals, formula).score;
}

export function trendingParts(signals: Signals, formula: Formula = FORMULA): TrendingParts {
  return trending(signals, formula).parts;
}

/** Both at once. What somebody does now never lowers a score; shifting all times shifts all scores by as much. */
export function trending(signals: Signals, formula: Formula = FORMULA): Trending {
  return trendingBy({ people: countedPeople(signals) }, signals, formula);
}

/**
 * As `trending`, of people who are counted already: once each, without the submitter. Voters with established accounts may
 * be in `sum` instead of `people`: they weigh a vote each.
 */
export function trendingBy(
  { people, sum }: { people: readonly Person[]; sum?: Sum | undefined },
  when: When,
  formula: Formula = FORMULA,
): Trending {
  const newest = newestOf(when, people, sum);
  const { established, newcomers, voters } = sumPeople(newest, people, sum, formula);
  const sums: Shares = {
    publication: formula.start * fadedAt(newest, when.publishedAt, formula),
    established,
    newcomers: sumAt(newest, fading(newcomers, formula), formula),
    stars: sumAt(newest, starWeight(when, formula), formula),
  };
  const whole = sums.publication + sums.established + sums.newcomers + sums.stars;
  const score = newest / MS_PER_DAY + formula.halfLife * Math.log2(whole / formula.start);
  const parts: TrendingParts = {
    voters,
    commenters: people.length + (sum?.people ?? 0) - voters,
    newcomers: newcomers.length,
    starsPerDay: when.stars?.perDay ?? 0,
    shares: {
      publication: hundredths(sums.publication, whole),
      established: hundredths(sums.established, whole),
      newcomers: hundredths(sums.newcomers, whole),
      stars: hundredths(sums.stars, whole),
    },
    lift: score - when.publishedAt / MS_PER_DAY,
  };
  return { score, parts };
}

/**
 * The newest moment at which something weighs: powers of two are taken from there on, so nothing overflows and not
 * everything vanishes, however long ago the rest was.
 */
function newestOf({ publishedAt, stars }: When, people: readonly Person[], sum: Sum | undefined): number {
  const first = stars && stars.perDay > 0 ? Math.max(publishedAt, stars.at) : publishedAt;
  return people.reduce((latest, { at }) => Math.max(latest, at), Math.max(first, sum?.newest ?? first));
}

function sumPeople(newest: number, people: readonly Person[], sum: Sum | undefined, formula: Formula) {
  let voters = sum?.people ?? 0;
  let established = sum === undefined ? 0 : sum.votes * fadedAt(newest, sum.at, formula);
  const newcomers: Weight[] = [];
  for (const person of people) {
    const votes = votesOf(person, formula);
    if (person.voted) voters++;
    if (isNewcomer(person, formula)) newcomers.push({ at: person.at, votes });
    else established += votes * fadedAt(newest, person.at, formula);
  }
  return { established, newcomers, voters };
}

/** In votes as of the moment `now`. */
function sumAt(now: number, weights: readonly Weight[], formula: Formula): number {
  return weights.reduce((sum, { at, votes }) => sum + votes * fadedAt(now, at, formula), 0);
}

/** What is left at `now` of one vote at `at`. */
function fadedAt(now: number, at: number, { halfLife }: Formula): number {
  return 2 ** ((at - now) / MS_PER_DAY / halfLife);
}

function hundredths(part: number, whole: number): number {
  return Math.round((100 * part) / whole);
}

function starWeight({ stars }: When, formula: Formula): Weight[] {
  return stars && stars.perDay > 0 ? [{ at: stars.at, votes: formula.stars * Math.log1p(stars.perDay) }] : [];
}
