/** How words and meaning become one order. Pure; the indexes are asked elsewhere. */

export interface Candidate {
  /** `papers.seq` */
  seq: number;
  /** BM25 as a share of the best of the question: 1 for the best paper, 0 for one with none of the words. */
  lexical: number;
  /** Of the paper's vector and the question's; 0 where there is none. */
  cosine: number;
}

export interface Ranked extends Candidate {
  score: number;
}

/**
 * What a cosine of 1 counts against the best BM25 score of the question. On arXiv, where the model was trained, more is
 * better (up to 1 was tried). Text from elsewhere it knows less well: trained without computer science and asked about
 * it, related papers were found best with 0.2, and fewest collections lost by it. Counting it 0.4 after feedback finds 1 %
 * more on collections made of arXiv, and then vectors make old texts (CACM, 1958 to 1979) worse than words alone.
 */
const COSINE_WEIGHT = 0.2;

/**
 * Best first; of equal ones the newer (higher `seq`) first.
 *
 * The share of the best is comparable with a cosine whatever the question's length. Also tried, on titles, sentences
 * and topics as questions over arXiv: shares of the possible score and its root, standard scores, cosines above a
 * threshold or squared, products, weights that fall or rise with the length of the question, with how much of it the best
 * paper has, or with how far both rankings agree, cosines marked down in short texts. None was better throughout. Reciprocal ranks throw away how much better the first is
 * than the second.
 */
export function fuse(candidates: readonly Candidate[]): Ranked[] {
  const ranked = candidates.map(({ seq, lexical, cosine }) => ({
    seq,
    lexical,
    cosine,
    score: lexical + COSINE_WEIGHT * cosine,
  }));
  return ranked.sort((a, b) => b.score - a.score || b.seq - a.seq);
}

/**
 * Half of what the question says, half of what it says after feedback: where the first papers were the wrong ones, they
 * lead no further astray than half.
 */
export function blend(asked: number, afterFeedback: number): number {
  return (asked + afterFeedback) / 2;
}
