/** BM25: every posting of every term of the question is scored, so any filter is exact, and costs next to nothing here. */

import type { Accepted } from '../accepted.ts';
import { informationOf, lengthNorm, numberOf } from './lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical-index.ts';
import { MOST_TERMS, reserveAccepted } from './postings.ts';

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
  /** Of `seqs`. */
  scores: Float64Array;
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

export function matchPapers(index: LexicalIndex, { terms, limit, accepted }: LexicalQuery): LexicalHits {
  const { asked, wanted } = knownOf(index, terms);
  syncSeqs(index);
  const end = accepted === undefined ? 0 : writeAccepted(index, accepted);
  const { step, complete, picked } = scoreAll(index, asked, { wanted, limit, isFiltered: accepted !== undefined, end });
  const { scores } = index.postings;
  const at = (seq: number): number => {
    const paper = numberOf(index, seq);
    return paper < 0 ? 0 : (scores[paper] as number);
  };
  return {
    complete,
    ...bestOf(index, picked, limit, step),
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

/** Where score.wat reads them: those of papers that came since the last question, and which of all were replaced. */
function syncSeqs({ count, seqs, replaced, postings }: LexicalIndex): void {
  const { known } = postings;
  postings.seqs.set(seqs.subarray(known.papers, count), known.papers);
  for (let at = known.replaced; at < replaced.length; at++) postings.seqs[replaced[at] as number] = -1;
  known.papers = count;
  known.replaced = replaced.length;
}

/** Returns where the papers end that can be accepted. */
function writeAccepted(index: LexicalIndex, accepted: Accepted): number {
  const end = Math.min(accepted.length, index.numbers.length);
  reserveAccepted(index.postings, end);
  index.postings.accepted.set(accepted.subarray(0, end));
  return end;
}

interface Scored {
  /** What a step of a score is. */
  step: number;
  complete: Int32Array;
  /** As score.wat writes them. */
  picked: Float64Array;
}

interface Limits {
  wanted: number;
  limit: number;
  isFiltered: boolean;
  end: number;
}

/** Leaves the scores of all papers in `scores`. */
function scoreAll(index: LexicalIndex, asked: readonly Known[], { wanted, limit, isFiltered, end }: Limits): Scored {
  const { count, waiting, postings } = index;
  const { at, score, memory } = postings;
  const possible = asked.reduce((sum, { weight }) => sum + weight, 0);
  // Each posting adds one step more than its part, so that no paper that holds a term has a score of 0.
  const factor = possible > 0 ? (SCORE_MASK - asked.length) / possible : 0;
  const settled = count - waiting.length;
  if (waiting.length > 0) scoreWaiting(index, asked, factor);
  const runs = writeRuns(index, asked, factor);
  const { fixed, perLength } = lengthNorm(index);
  const complete = score.match(
    at.runs,
    runs,
    at.scores,
    at.lengths,
    settled,
    count,
    fixed,
    perLength,
    // A paper without a word has as many words as nothing asks for.
    wanted === 0 ? MOST_TERMS + 1 : wanted,
    limit,
    at.seqs,
    isFiltered ? at.accepted : 0,
    end,
    at.counts,
    at.complete,
    at.picked,
  );
  const [picked = 0] = new Uint32Array(memory.buffer, at.counts, 1);
  return {
    step: factor > 0 ? 1 / factor : 0,
    complete: new Int32Array(memory.buffer, at.complete, complete).slice(),
    picked: new Float64Array(memory.buffer, at.picked, picked),
  };
}

/** Where the postings of the words stand; returns of how many words there are any. */
function writeRuns({ postings }: LexicalIndex, asked: readonly Known[], factor: number): number {
  const { at, memory, starts } = postings;
  const runs = new Uint32Array(memory.buffer, at.runs, 4 * MOST_TERMS);
  const weights = new Float32Array(memory.buffer, at.runs, 4 * MOST_TERMS);
  let size = 0;
  for (const { number, weight } of asked) {
    if (number + 1 >= starts.length) continue;
    runs[4 * size] = at.bytes + (starts[number] as number);
    runs[4 * size + 1] = at.bytes + (starts[number + 1] as number);
    runs[4 * size + 2] = 0;
    weights[4 * size + 3] = weight * factor;
    size++;
  }
  return size;
}

/** As score.wat does, for the papers that are in no run yet. */
function scoreWaiting(index: LexicalIndex, asked: readonly Known[], factor: number): void {
  const { scores, lengths } = index.postings;
  const { fixed, perLength } = lengthNorm(index);
  scores.fill(0, index.count - index.waiting.length, index.count);
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

/** The best `limit` of the picked papers, in order. */
function bestOf(
  { seqs }: LexicalIndex,
  picked: Float64Array,
  limit: number,
  step: number,
): Pick<LexicalHits, 'seqs' | 'scores'> {
  // Score and number are one number, which is sorted without asking a function: a third of the time.
  const keys = picked.slice().sort();
  const size = Math.min(keys.length, limit);
  const best = { seqs: new Int32Array(size), scores: new Float64Array(size) };
  for (let place = 0; place < size; place++) {
    const key = keys[keys.length - 1 - place] as number;
    const score = Math.floor(key / PAPERS);
    best.seqs[place] = seqs[key - score * PAPERS] as number;
    best.scores[place] = score * step;
  }
  return best;
}

/** With the bits of a score some fewer than a floating point number holds exactly. */
const PAPERS = 2 ** 27;
