/** BM25: every posting of every term of the question is scored, so any filter is exact and costs nothing. */

import type { Accepted } from '../accepted.ts';
import { informationOf, lengthNorm, numberOf, seqsOf } from './lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical-index.ts';
import { STEPS } from './postings.ts';

export interface LexicalQuery {
  /** Of more than `MOST_TERMS` those that tell most. */
  terms: readonly WeightedTerm[];
  limit: number;
  accepted?: Accepted | undefined;
}

/** To be used before anything is awaited: the next question to the index overwrites what the functions look at. */
export interface LexicalHits {
  /** `papers.seq`, best first; of equal ones the one indexed last first. */
  seqs: Int32Array;
  /** `papers.seq` of all accepted ones that hold every term, hits or not; in no order. */
  complete: Int32Array;
  /** Of any accepted paper, hit or not. */
  scoreOf(seq: number): number;
  /** How many of the terms any accepted paper holds, hit or not. */
  matchedOf(seq: number): number;
}

/** How a score is kept, as score.wat says: words held in the upper bits, steps of the score in the lower ones. */
const SCORE_BITS = 25;
const SCORE_MASK = 2 ** SCORE_BITS - 1;
const MOST_TERMS = 2 ** (32 - SCORE_BITS) - 1;
/** A score's bits that tell in which of the `STEPS` it is. */
const STEP_BITS = 14;

export function matchPapers(index: LexicalIndex, { terms, limit, accepted }: LexicalQuery): LexicalHits {
  const { postings } = index;
  const { scores } = postings;
  const { asked, wanted } = knownOf(index, terms);
  const step = scoreAll(index, asked);
  const counts = new Uint32Array(postings.memory.buffer, postings.at.counts, STEPS).fill(0);
  const complete = collect(index, wanted, accepted);
  const at = (seq: number): number => {
    const paper = numberOf(index, seq);
    return paper < 0 ? 0 : (scores[paper] as number);
  };
  return {
    complete: seqsOf(index, complete),
    seqs: seqsOf(index, highestOf(index, counts, limit)),
    scoreOf: (seq) => (at(seq) & SCORE_MASK) * step,
    matchedOf: (seq) => at(seq) >>> SCORE_BITS,
  };
}

/** By its number in the term table. */
interface Known {
  number: number;
  /** All that it can add to a score. */
  weight: number;
}

/** The terms that some paper holds, by number, with all that they can add to a score; and how many were asked for. */
function knownOf(index: LexicalIndex, terms: readonly WeightedTerm[]): { asked: Known[]; wanted: number } {
  const weighed = terms.map(({ term, weight }) => ({
    number: index.table.find(term),
    weight: weight * informationOf(index, term),
  }));
  const kept =
    weighed.length <= MOST_TERMS ? weighed : weighed.toSorted((a, b) => b.weight - a.weight).slice(0, MOST_TERMS);
  return { asked: kept.filter(({ number }) => number >= 0), wanted: kept.length };
}

/** Leaves the scores of all papers in `scores`; returns what a step of them is. */
function scoreAll(index: LexicalIndex, asked: readonly Known[]): number {
  const { count, postings } = index;
  const { scores, starts, at, score } = postings;
  scores.fill(0, 0, count);
  const possible = asked.reduce((sum, { weight }) => sum + weight, 0);
  // Each posting adds one step more than its part, so that no paper that holds a term has a score of 0.
  const factor = possible > 0 ? (SCORE_MASK - asked.length) / possible : 0;
  const { fixed, perLength } = lengthNorm(index);
  for (const { number, weight } of asked) {
    if (number + 1 >= starts.length) continue;
    const from = at.bytes + (starts[number] as number);
    const end = at.bytes + (starts[number + 1] as number);
    score.score(from, end, at.scores, at.lengths, weight * factor, fixed, perLength);
  }
  if (index.waiting.length > 0) scoreWaiting(index, asked, factor);
  return factor > 0 ? 1 / factor : 0;
}

/** As score.wat does, for the papers that are in no run yet. */
function scoreWaiting(index: LexicalIndex, asked: readonly Known[], factor: number): void {
  const { scores, lengths } = index.postings;
  const { fixed, perLength } = lengthNorm(index);
  const weights = new Map(asked.map(({ number, weight }) => [number, weight * factor]));
  for (const { number, terms, counts } of index.waiting) {
    const norm = fixed + perLength * (lengths[number] as number);
    for (let at = 0; at < terms.length; at++) {
      const weight = weights.get(terms[at] as number);
      if (weight === undefined) continue;
      const times = counts[at] as number;
      scores[number] =
        (scores[number] as number) + (1 << SCORE_BITS) + 1 + Math.floor((weight * times) / (times + norm));
    }
  }
}

/** Drops what is replaced or not accepted, and returns the numbers of the papers that hold all words. */
function collect(index: LexicalIndex, wanted: number, accepted: Accepted | undefined): Uint32Array {
  const { count, seqs, replaced, postings } = index;
  const { at, score, scores, memory } = postings;
  for (const paper of replaced) scores[paper] = 0;
  if (accepted) {
    for (let paper = 0; paper < count; paper++) {
      if (scores[paper] !== 0 && accepted[seqs[paper] as number] !== 1) scores[paper] = 0;
    }
  }
  const size = score.collect(at.scores, count, wanted, at.counts, at.complete);
  return new Uint32Array(memory.buffer, at.complete, size);
}

/** Numbers of the papers with the highest scores, in order. `counts`: how many there are in each step of the score. */
function highestOf({ count, postings }: LexicalIndex, counts: Uint32Array, limit: number): Uint32Array {
  if (limit === 0) return new Uint32Array(0);
  const { at, score, scores, memory } = postings;
  let lowest = STEPS;
  for (let papers = 0; lowest > 0 && papers < limit;) papers += counts[--lowest] as number;
  const size = score.pick(at.scores, count, Math.max(1, lowest << STEP_BITS), at.picked);
  const picked = new Uint32Array(memory.buffer, at.picked, size);
  // Score and number as one number, which is sorted without asking a function: a third of the time.
  const keys = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    const paper = picked[place] as number;
    keys[place] = ((scores[paper] as number) & SCORE_MASK) * PAPERS + paper;
  }
  keys.sort();
  const best = new Uint32Array(Math.min(size, limit));
  for (let place = 0; place < best.length; place++) {
    const key = keys[size - 1 - place] as number;
    best[place] = key - Math.floor(key / PAPERS) * PAPERS;
  }
  return best;
}

/** With the bits of a score some fewer than a floating point number holds exactly. */
const PAPERS = 2 ** 27;
