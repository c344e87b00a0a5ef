/** One order of papers for words and a vector, improved by what its first papers have in common. */

import type { Accepted } from './accepted.ts';
import { expandTerms, FEEDBACK_PAPERS, moveVector, trust } from './feedback.ts';
import { blend, fuse, raise, raiseEntitled } from './fusion.ts';
import type { Ranking } from './fusion.ts';
import { informationOfNumber, shareTerms, weighPapers } from './lexical/lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical/lexical-index.ts';
import { matchPapers } from './lexical/match.ts';
import type { LexicalHits } from './lexical/match.ts';
import { nearnessOf } from './lexical/nearness.ts';
import { titleShares } from './lexical/titles.ts';
import { smooth } from './smooth.ts';
import type { Vectors } from './vectors/vectors.ts';

export interface Asked {
  index: LexicalIndex;
  /** Both or neither. */
  vectors: Vectors | undefined;
  vector: Float32Array | undefined;
  terms: readonly WeightedTerm[];
  /** Papers that the words may nominate. */
  pool: number;
  accepted: Accepted | undefined;
}

export interface Answer {
  /** With the cosines of the question as it was asked. */
  ranking: Ranking;
  /** As the question was asked, without feedback. */
  lexical: LexicalHits;
}

/** Before feedback only the first few matter. */
const FIRST_POOL = 100;
/** Papers that the vector may nominate; further ones are hardly closer than any other. */
const NEAR = 300;
/**
 * Papers of each of the two that are weighed again, half of the time of all of them. Those further down would have to
 * have nearly all that the first ones share to come to the first pages: nDCG@10 and recall@100 are the same.
 */
const WEIGHED = 200;
/** Papers that are read for words that stand together. */
const READ = 50;
/**
 * What standing together counts, divided by the square of the words of the question. With 1 questions of two words find
 * half as much more, with 3 more of them and less of three words that have nothing to do with each other.
 */
const TOGETHER = 2;
/** Of longer questions it would count less than a thirtieth. */
const MOST_TOGETHER = 8;

/**
 * By words alone, by meaning alone, or by both without feedback: for what there is of `terms` and `vector`. `cosineWeight`
 * as of `fuse`.
 */
export function rankOnce(asked: Asked, cosineWeight?: number): Answer {
  const lexical = matchWords(asked, asked.pool);
  const near = nearest(asked, asked.pool);
  const seqs = union(lexical.seqs, near);
  const candidates = { seqs, lexical: sharesOfBest(lexical, seqs), cosines: cosinesOf(asked, asked.vector, seqs) };
  return { ranking: fuse(candidates, cosineWeight), lexical };
}

/**
 * By both, then once more with the words and the direction that the first papers share. What is found the second time
 * is among what was found the first time: of all papers, only the order changes. `text`: that of which the terms were
 * made.
 */
export function rankWithFeedback(asked: Asked, text: string): Answer {
  const { index, vectors, vector } = asked;
  const lexical = matchWords(asked, Math.max(FIRST_POOL, asked.pool));
  const near = nearest(asked, NEAR);
  const top = firstPapers(asked, lexical, near);
  const { terms, moved } = learn(asked, top);
  const seqs = union(lexical.seqs, near);
  const shares = sharesOfBest(lexical, seqs);
  const weighed = union(lexical.seqs.subarray(0, WEIGHED), near.subarray(0, WEIGHED));
  blendIn(shares, seqs, weighed, weighPapers(index, terms, weighed));
  const fused = fuse({ seqs, lexical: shares, cosines: cosinesOf(asked, moved, seqs) });
  const raised = raise(fused, togetherIn(asked, lexical, fused.seqs.subarray(0, READ)));
  const smoothed = vectors && vector ? smooth(raised, vectors.closeness) : raised;
  const ranking = raiseEntitled(smoothed, titleShares(index, text, smoothed.seqs));
  // It was ordered by the moved vector, to which the first papers and their neighbours are near whatever was asked.
  return { ranking: { ...ranking, cosines: cosinesOf(asked, vector, ranking.seqs) }, lexical };
}

function matchWords({ index, terms, accepted }: Asked, limit: number): LexicalHits {
  return matchPapers(index, { terms, limit, accepted });
}

function nearest({ vectors, vector, accepted }: Asked, limit: number): Int32Array {
  return vectors && vector ? vectors.nearest(vector, limit, accepted).seqs : new Int32Array(0);
}

function cosinesOf({ vectors }: Asked, vector: Float32Array | undefined, seqs: Int32Array): Float32Array {
  return vectors && vector ? vectors.cosines(vector, seqs) : new Float32Array(seqs.length);
}

/** The papers that are taken to be what is meant, and the scores by which they are. */
function firstPapers(asked: Asked, lexical: LexicalHits, near: Int32Array): { seqs: Int32Array; scores: Float64Array } {
  const seqs = union(lexical.seqs.subarray(0, FIRST_POOL), near.subarray(0, FIRST_POOL));
  const candidates = { seqs, lexical: sharesOfBest(lexical, seqs), cosines: cosinesOf(asked, asked.vector, seqs) };
  const ranking = fuse(candidates);
  return {
    seqs: ranking.seqs.subarray(0, FEEDBACK_PAPERS),
    scores: ranking.scores.subarray(0, FEEDBACK_PAPERS),
  };
}

/**
 * What the papers get for words of the question that stand near each other, against 1 for the best BM25 score. The square
 * of the number of words: two or three are one notion more often than not, and of a sentence each word has neighbours of
 * which most are chance.
 */
function togetherIn({ index, terms }: Asked, { seqs: [first], scoreOf }: LexicalHits, seqs: Int32Array): Float64Array {
  const words = terms.length;
  if (first === undefined || words < 2 || words > MOST_TOGETHER) return new Float64Array(0);
  const share = TOGETHER / words ** 2 / scoreOf(first);
  return nearnessOf(index, terms, seqs).map((nearness) => Math.min(TOGETHER, nearness * share));
}

/** All of both, each once, ascending. */
function union(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  both.sort();
  let size = 0;
  for (let at = 0; at < both.length; at++) {
    if (at === 0 || both[at] !== both[size - 1]) both[size++] = both[at] as number;
  }
  return both.subarray(0, size);
}

function sharesOfBest({ seqs: [first], scoreOf }: LexicalHits, seqs: Int32Array): Float64Array {
  const shares = new Float64Array(seqs.length);
  if (first === undefined) return shares;
  const best = scoreOf(first);
  for (let at = 0; at < shares.length; at++) shares[at] = scoreOf(seqs[at] as number) / best;
  return shares;
}

/** `weighed` are some of `seqs`, both ascending; the others have nothing of what the first papers share. */
function blendIn(shares: Float64Array, seqs: Int32Array, weighed: Int32Array, scores: Float32Array): void {
  let best = 0;
  for (const score of scores) if (score > best) best = score;
  for (let at = 0, place = 0; at < seqs.length; at++) {
    const isWeighed = place < weighed.length && weighed[place] === seqs[at];
    const again = isWeighed && best > 0 ? (scores[place] as number) / best : 0;
    if (isWeighed) place++;
    shares[at] = blend(shares[at] as number, again);
  }
}

/** The question moved towards the first papers; its terms by their numbers in the term table. */
function learn({ index, vectors, vector, terms }: Asked, top: { seqs: Int32Array; scores: Float64Array }) {
  const shares = trust(top.scores);
  const known = terms
    .map(({ term, weight }) => ({ term: index.table.find(term), weight }))
    .filter(({ term }) => term >= 0);
  const information = (number: number) => (number < index.stopWords ? 0 : informationOfNumber(index, number));
  const withVector = Array.from(top.seqs, (seq, at) => ({ vector: vectors?.vectorOf(seq), share: shares[at] ?? 0 }));
  return {
    terms: known.length === 0 ? [] : expandTerms(known, shareTerms(index, top.seqs, shares), information),
    moved: vector === undefined ? undefined : moveVector(vector, withVector),
  };
}
