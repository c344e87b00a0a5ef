/**
 * The trending formula. Pure.
 *
 * What people did is added up, each deed halved for every half-life that has passed since. As all of them fade alike,
 * the order of two papers changes only when somebody does something: scores are stored and never recomputed for age.
 * To make that plain, a score is a date: the paper ranks like one without votes that was published then.
 */

import { FORMULA } from './formula.ts';
import type { Formula } from './formula.ts';
import { countedPeople, fading, isNewcomer, weightOf } from './people.ts';
import type { Person, Weight } from './people.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Signals } from './signals.ts';

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
  const people = countedPeople(signals);
  const newcomers = people.filter((person) => isNewcomer(person, formula));
  const established = newcomers.length === 0 ? people : people.filter((person) => !isNewcomer(person, formula));
  const newest = newestOf(signals, people);
  const weights: Record<keyof Shares, readonly Weight[]> = {
    publication: [{ at: signals.publishedAt, votes: formula.start }],
    established: weigh(established, formula),
    newcomers: fading(weigh(newcomers, formula), formula),
    stars: starWeight(signals, formula),
  };
  const sums: Shares = {
    publication: sumAt(newest, weights.publication, formula),
    established: sumAt(newest, weights.established, formula),
    newcomers: sumAt(newest, weights.newcomers, formula),
    stars: sumAt(newest, weights.stars, formula),
  };
  const whole = sums.publication + sums.established + sums.newcomers + sums.stars;
  const score = newest / MS_PER_DAY + formula.halfLife * Math.log2(whole / formula.start);
  const voters = people.reduce((count, { voted }) => count + Number(voted), 0);
  const parts: TrendingParts = {
    voters,
    commenters: people.length - voters,
    newcomers: newcomers.length,
    starsPerDay: signals.stars?.perDay ?? 0,
    shares: {
      publication: hundredths(sums.publication, whole),
      established: hundredths(sums.established, whole),
      newcomers: hundredths(sums.newcomers, whole),
      stars: hundredths(sums.stars, whole),
    },
    lift: score - signals.publishedAt / MS_PER_DAY,
  };
  return { score, parts };
}

/**
 * The newest moment at which something weighs: powers of two are taken from there on, so nothing overflows and not
 * everything vanishes, however long ago the rest was.
 */
function newestOf({ publishedAt, stars }: Signals, people: readonly Person[]): number {
  const first = stars && stars.perDay > 0 ? Math.max(publishedAt, stars.at) : publishedAt;
  return people.reduce((latest, { at }) => Math.max(latest, at), first);
}

function weigh(people: readonly Person[], formula: Formula): Weight[] {
  return people.map((person) => weightOf(person, formula));
}

/** In votes as of the moment `now`. */
function sumAt(now: number, weights: readonly Weight[], { halfLife }: Formula): number {
  return weights.reduce((sum, { at, votes }) => sum + votes * 2 ** ((at - now) / MS_PER_DAY / halfLife), 0);
}

function hundredths(part: number, whole: number): number {
  return Math.round((100 * part) / whole);
}

function starWeight({ stars }: Signals, formula: Formula): Weight[] {
  return stars && stars.perDay > 0 ? [{ at: stars.at, votes: formula.stars * Math.log1p(stars.perDay) }] : [];
}
