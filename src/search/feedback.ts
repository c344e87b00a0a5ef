/**
 * Pseudo-relevance feedback (Rocchio 1971): the first papers of a ranking are taken to be what is meant, and the
 * question is moved towards what they have in common, in words and in meaning. Pure.
 */

import type { WeightedTerm } from './lexical/lexical-index.ts';
import type { Term } from './lexical/terms.ts';

/** Papers that are taken to be what is meant. */
export const FEEDBACK_PAPERS = 20;
/** How much faster than its score a paper's say falls: with 8, one of 0.9 of the best score has less than half. */
const TRUST = 8;
/** Words added. A hundred find as much, and take four times as long, because the further ones are common words. */
const MOST_TERMS = 30;
/** A word that only one of the papers has is about that paper, not about the question. */
export const LEAST_PAPERS = 2;
/** The weight of a word that all the papers are full of, against 1 for a word of the question. */
const TERM_SHARE = 0.5;
/** The length of the papers' mean vector, against 1 for the question's. */
const VECTOR_SHARE = 0.5;

/** Shares that sum to 1, from scores in descending order. */
export function trust(scores: Float64Array): Float64Array {
  const best = scores[0] ?? 0;
  const raw = scores.map((score) => (best > 0 ? Math.max(0, score / best) ** TRUST : 1));
  const sum = raw.reduce((total, share) => total + share, 0);
  return raw.map((share) => share / sum);
}

/** What some papers say together, in lists by word; each paper's say is its share. */
export interface SharedTerms {
  terms: Uint32Array;
  /** Of the papers' parts of BM25, each between 0 and 1, times their shares. */
  sums: Float64Array;
  /** How many of the papers have the word. */
  holders: Uint32Array;
}

/** `informationOf` as of the lexical index; a term for which it is 0 is never added. */
export function expandTerms(
  question: readonly WeightedTerm[],
  { terms, sums, holders }: SharedTerms,
  informationOf: (term: Term) => number,
): WeightedTerm[] {
  // By place in the lists; 0 for what is not to be added. Loops over numbers: there are hundreds of words.
  const values = new Float64Array(terms.length);
  for (let at = 0; at < values.length; at++) {
    if ((holders[at] as number) >= LEAST_PAPERS) values[at] = (sums[at] as number) * informationOf(terms[at] as Term);
  }
  const most = values
    .filter((value) => value > 0)
    .sort()
    .subarray(-MOST_TERMS);
  const least = most[0] ?? 0;
  let ties = most.lastIndexOf(least) + 1;
  const expanded = new Map(question.map(({ term, weight }) => [term, weight]));
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value === 0 || value < least || (value === least && ties-- <= 0)) continue;
    const term = terms[at] as Term;
    expanded.set(term, (expanded.get(term) ?? 0) + TERM_SHARE * (sums[at] as number));
  }
  return [...expanded].map(([term, weight]) => ({ term, weight }));
}

/** Unit length, as `question` and the papers' vectors are. */
export function moveVector(
  question: Float32Array,
  papers: readonly { vector: Float32Array | undefined; share: number }[],
): Float32Array {
  const centre = new Float32Array(question.length);
  for (const { vector, share } of papers) if (vector) add(centre, vector, share);
  const moved = question.slice();
  add(moved, normalised(centre), VECTOR_SHARE);
  return normalised(moved);
}

function add(to: Float32Array, vector: Float32Array, factor: number): void {
  for (let index = 0; index < to.length; index++)
    to[index] = (to[index] as number) + factor * (vector[index] as number);
}

/** Changed in place. */
function normalised(vector: Float32Array): Float32Array {
  let sum = 0;
  for (let index = 0; index < vector.length; index++) sum += (vector[index] as number) * (vector[index] as number);
  const length = Math.sqrt(sum);
  if (length > 0)
    for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] as number) / length;
  return vector;
}
