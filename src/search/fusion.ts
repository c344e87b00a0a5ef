/** How words and meaning become one order. Pure; the indexes are asked elsewhere. */

export interface Candidate {
  /** `papers.seq` */
  seq: number;
  /** BM25; 0 for a paper with none of the words. */
  lexical: number;
  /** Of the paper's vector and the question's; 0 where there is none. */
  cosine: number;
}

export interface Ranked extends Candidate {
  score: number;
}

/** What a cosine of 1 counts against a BM25 score that could not be better. */
const COSINE_WEIGHT = 0.5;

/**
 * How much the best BM25 score of a question counts: 1 if that paper has all that is asked, less the more is missing.
 * A question in a sentence is never answered word by word, and there meaning says more; two words that a title repeats
 * leave meaning little to add. The root, because half of a question found is more than half an answer.
 *
 * `possible` is the score of a paper that is full of every word.
 */
export function lexicalPeak(best: number, possible: number): number {
  return possible > 0 ? Math.sqrt(Math.min(1, best / possible)) : 0;
}

/**
 * Best first; of equal ones the newer (higher `seq`) first.
 *
 * BM25 is divided by the best of the question, which makes it comparable with a cosine. Tried on titles, sentences and
 * topics as questions over arXiv: by the best score alone, by the possible score alone, by standard scores, by cosines
 * above a threshold or squared, by products; this was best on all but one and never far from it. Reciprocal ranks throw
 * away how much better the first is than the second.
 */
export function fuse(candidates: readonly Candidate[], peak: number): Ranked[] {
  const best = candidates.reduce((most, { lexical }) => Math.max(most, lexical), 0);
  const ranked = candidates.map((candidate) => ({
    ...candidate,
    score: (best > 0 ? (peak * candidate.lexical) / best : 0) + COSINE_WEIGHT * candidate.cosine,
  }));
  return ranked.sort((a, b) => b.score - a.score || b.seq - a.seq);
}
