/** One order of papers for words and a vector, improved by what its first papers have in common. */

import type { Accepted } from './accepted.ts';
import { expandTerms, FEEDBACK_PAPERS, moveVector, trust } from './feedback.ts';
import { blend, fuse } from './fusion.ts';
import type { Ranked } from './fusion.ts';
import { informationOfNumber, numberOf, weighPapers, weighTerms } from './lexical/lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical/lexical-index.ts';
import { matchPapers } from './lexical/match.ts';
import type { LexicalHits } from './lexical/match.ts';
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
  ranked: Ranked[];
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

/** By words alone, by meaning alone, or by both without feedback: for what there is of `terms` and `vector`. */
export function rankOnce({ index, vectors, vector, terms, pool, accepted }: Asked): Answer {
  const lexical = matchPapers(index, { terms, limit: pool, accepted });
  const near = vectors && vector ? vectors.nearest(vector, pool, accepted) : [];
  const cosines = new Map(near.map(({ seq, cosine }) => [seq, cosine]));
  const cosineOf = vectors && vector ? vectors.cosinesWith(vector) : () => 0;
  const candidates = seqsOf(lexical.hits, near).map((seq) => ({
    seq,
    lexical: shareOfBest(lexical, seq),
    cosine: cosines.get(seq) ?? cosineOf(seq),
  }));
  return { ranked: fuse(candidates), lexical };
}

/**
 * By both, then once more with the words and the direction that the first papers share. What is found the second time
 * is among what was found the first time: of all papers, only the order changes.
 */
export function rankWithFeedback(asked: Asked): Answer {
  const { index, vectors, vector, accepted } = asked;
  const lexical = matchPapers(index, { terms: asked.terms, limit: Math.max(FIRST_POOL, asked.pool), accepted });
  const near = vectors && vector ? vectors.nearest(vector, NEAR, accepted) : [];
  const cosineOf = vectors && vector ? vectors.cosinesWith(vector) : () => 0;
  const first = seqsOf(lexical.hits.slice(0, FIRST_POOL), near.slice(0, FIRST_POOL)).map((seq) => ({
    seq,
    lexical: shareOfBest(lexical, seq),
    cosine: cosineOf(seq),
  }));
  const top = fuse(first).slice(0, FEEDBACK_PAPERS);
  if (top.length === 0) return { ranked: [], lexical };
  const { terms, moved } = learn(asked, top);
  const again = weighPapers(index, terms, seqsOf(lexical.hits.slice(0, WEIGHED), near.slice(0, WEIGHED)));
  let best = 0;
  for (const score of again.values()) if (score > best) best = score;
  const movedCosineOf = vectors && moved ? vectors.cosinesWith(moved) : () => 0;
  const candidates = seqsOf(lexical.hits, near).map((seq) => ({
    seq,
    lexical: blend(shareOfBest(lexical, seq), best > 0 ? (again.get(seq) ?? 0) / best : 0),
    cosine: movedCosineOf(seq),
  }));
  const ranked = fuse(candidates);
  return { ranked: vectors && vector ? smooth(ranked, (seq) => vectors.vectorOf(seq)) : ranked, lexical };
}

function seqsOf(hits: readonly { seq: number }[], near: readonly { seq: number }[]): number[] {
  const seqs = new Set<number>();
  for (const { seq } of hits) seqs.add(seq);
  for (const { seq } of near) seqs.add(seq);
  return [...seqs];
}

function shareOfBest({ hits, scoreOf }: LexicalHits, seq: number): number {
  const best = hits[0]?.score;
  return best === undefined ? 0 : scoreOf(seq) / best;
}

/** The question moved towards the first papers; its terms by their numbers in the term table. */
function learn({ index, vectors, vector, terms }: Asked, top: readonly Ranked[]) {
  const shares = trust(top.map(({ score }) => score));
  const papers = top.map(({ seq }, at) => ({
    terms: weighTerms(index, numberOf(index, seq)),
    vector: vectors?.vectorOf(seq),
    share: shares[at] ?? 0,
  }));
  const withVector = papers.flatMap((paper) =>
    paper.vector === undefined ? [] : [{ ...paper, vector: paper.vector }],
  );
  const information = (number: number) => (number < index.stopWords ? 0 : informationOfNumber(index, number));
  const known = terms
    .map(({ term, weight }) => ({ term: index.table.find(term), weight }))
    .filter(({ term }) => term >= 0);
  return {
    terms: known.length === 0 ? [] : expandTerms(known, papers, information),
    moved: vector === undefined ? undefined : moveVector(vector, withVector),
  };
}
