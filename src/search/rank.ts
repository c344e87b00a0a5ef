/** One order of papers for words and a vector, improved by what its first papers have in common. */

import type { Accepted } from './accepted.ts';
import { expandTerms, FEEDBACK_PAPERS, LEAST_PAPERS, moveVector, trust } from './feedback.ts';
import { blendIn, fuse, raise, raiseEntitled, together, worthOfTogether } from './fusion.ts';
import type { Ranking } from './fusion.ts';
import { informationOfNumber, numberOf, shareTerms, weighPapers } from './lexical/lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical/lexical-index.ts';
import { matchPapers } from './lexical/match.ts';
import type { LexicalHits } from './lexical/match.ts';
import { nearnessOf } from './lexical/nearness.ts';
import { titleShares } from './lexical/titles.ts';
import { amongFirst, nominate, NONE } from './nominated.ts';
import type { Nominated } from './nominated.ts';
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
 * By words alone, by meaning alone, or by both without feedback: for what there is of `terms` and `vector`. `cosineWeight`
 * as of `fuse`.
 */
export function rankOnce(asked: Asked, cosineWeight?: number): Answer {
  const lexical = matchWords(asked, asked.pool);
  const nominated = nominate(lexical.seqs, nearest(asked, asked.pool));
  const { seqs } = nominated;
  const cosines = cosinesOf(asked, asked.vector, seqs);
  const candidates = { seqs, lexical: sharesOfBest(lexical, nominated), cosines };
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
  const nominated = nominate(lexical.seqs, nearest(asked, NEAR));
  const { seqs } = nominated;
  const shares = sharesOfBest(lexical, nominated);
  const { terms, moved } = learn(asked, firstPapers(asked, nominated, shares));
  const weighed = amongFirst(nominated, WEIGHED);
  const again = weighPapers(
    index,
    terms,
    weighed.map((at) => seqs[at] as number),
  );
  blendIn(shares, weighed, again);
  const fused = fuse({ seqs, lexical: shares, cosines: cosinesOf(asked, moved, seqs) });
  const raised = raise(fused, togetherIn(asked, lexical, fused.seqs.subarray(0, READ)));
  const smoothed = vectors && vector ? smooth(raised, vectors.closeness) : raised;
  const ranking = raiseEntitled(smoothed, titleShares(index, text, smoothed.seqs, lexical.matchedOf));
  // It was ordered by the moved vector, to which the first papers and their neighbours are near whatever was asked.
  return { ranking: { ...ranking, cosines: cosinesOf(asked, vector, ranking.seqs) }, lexical };
}

function matchWords({ index, terms, accepted }: Asked, limit: number): LexicalHits {
  return matchPapers(index, { terms, limit, accepted });
}

/** Without those whose vectors were read before their words: nothing else is known of them yet. */
function nearest({ index, vectors, vector, accepted }: Asked, limit: number): Int32Array {
  if (vectors === undefined || vector === undefined) return new Int32Array(0);
  return vectors.nearest(vector, limit, accepted).filter((seq) => numberOf(index, seq) >= 0);
}

function cosinesOf({ vectors }: Asked, vector: Float32Array | undefined, seqs: Int32Array): Float32Array {
  return vectors && vector ? vectors.cosines(vector, seqs) : new Float32Array(seqs.length);
}

/** The papers that are taken to be what is meant, and the scores by which they are. */
function firstPapers(
  asked: Asked,
  nominated: Nominated,
  shares: Float64Array,
): { seqs: Int32Array; scores: Float64Array } {
  const places = amongFirst(nominated, FIRST_POOL);
  const seqs = new Int32Array(places.length);
  const lexical = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) {
    seqs[at] = nominated.seqs[places[at] as number] as number;
    lexical[at] = shares[places[at] as number] as number;
  }
  const ranking = fuse({ seqs, lexical, cosines: cosinesOf(asked, asked.vector, seqs) });
  return {
    seqs: ranking.seqs.subarray(0, FEEDBACK_PAPERS),
    scores: ranking.scores.subarray(0, FEEDBACK_PAPERS),
  };
}

/** What the papers get for words of the question that stand near each other. */
function togetherIn({ index, terms }: Asked, { scores: [best] }: LexicalHits, seqs: Int32Array): Float64Array {
  const worth = best === undefined ? 0 : worthOfTogether(terms.length, best);
  return worth === 0 ? new Float64Array(0) : together(nearnessOf(index, terms, seqs), worth);
}

/** Of each paper the score by words, against 1 for the best one. */
function sharesOfBest({ scores, scoreOf }: LexicalHits, { seqs, byWords }: Nominated): Float64Array {
  const shares = new Float64Array(seqs.length);
  const [best] = scores;
  if (best === undefined) return shares;
  for (let at = 0; at < shares.length; at++) {
    const place = byWords[at] as number;
    shares[at] = (place === NONE ? scoreOf(seqs[at] as number) : (scores[place] as number)) / best;
  }
  return shares;
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
    terms: known.length === 0 ? [] : expandTerms(known, shareTerms(index, top.seqs, shares, LEAST_PAPERS), information),
    moved: vector === undefined ? undefined : moveVector(vector, withVector),
  };
}
