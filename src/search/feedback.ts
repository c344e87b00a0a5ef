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
const LEAST_PAPERS = 2;
/** The weight of a word that all the papers are full of, against 1 for a word of the question. */
const TERM_SHARE = 0.5;
/** The length of the papers' mean vector, against 1 for the question's. */
const VECTOR_SHARE = 0.5;

/** Shares that sum to 1, from scores in descending order. */
export function trust(scores: readonly number[]): number[] {
  const best = scores[0] ?? 0;
  const raw = scores.map((score) => (best > 0 ? Math.max(0, score / best) ** TRUST : 1));
  const sum = raw.reduce((total, share) => total + share, 0);
  return raw.map((share) => share / sum);
}

export interface FeedbackPaper {
  /** Its terms with their part of BM25, between 0 and 1. */
  terms: readonly WeightedTerm[];
  share: number;
}

/** `informationOf` as of the lexical index; a term for which it is 0 is never added. */
export function expandTerms(
  question: readonly WeightedTerm[],
  papers: readonly FeedbackPaper[],
  informationOf: (term: Term) => number,
): WeightedTerm[] {
  // Some 2000 terms: sums in lists of numbers take half the time of an object for each.
  const places = new Map<Term, number>();
  const weights: number[] = [];
  const holders: number[] = [];
  for (const { terms, share } of papers) {
    for (const { term, weight } of terms) {
      const place = places.get(term);
      if (place === undefined) {
        places.set(term, weights.push(share * weight) - 1);
        holders.push(1);
      } else {
        weights[place] = (weights[place] as number) + share * weight;
        holders[place] = (holders[place] as number) + 1;
      }
    }
  }
  const common = [...places]
    .filter(([, place]) => (holders[place] as number) >= LEAST_PAPERS)
    .map(([term, place]) => ({ term, weight: weights[place] as number }))
    .map(({ term, weight }) => ({ term, weight, value: weight * informationOf(term) }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_TERMS);
  const expanded = new Map(question.map(({ term, weight }) => [term, weight]));
  for (const { term, weight } of common) expanded.set(term, (expanded.get(term) ?? 0) + TERM_SHARE * weight);
  return [...expanded].map(([term, weight]) => ({ term, weight }));
}

/** Unit length, as `question` and the papers' vectors are. */
export function moveVector(
  question: Float32Array,
  papers: readonly { vector: Float32Array; share: number }[],
): Float32Array {
  const centre = new Float32Array(question.length);
  for (const { vector, share } of papers) add(centre, vector, share);
  const moved = question.slice();
  add(moved, normalised(centre), VECTOR_SHARE);
  return normalised(moved);
}

function add(to: Float32Array, vector: Float32Array, factor: number): void {
  for (let index = 0; index < to.length; index++)
    to[index] = (to[index] as number) + factor * (vector[index] as number);
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
