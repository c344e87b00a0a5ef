/**
 * How words and meaning become one order, and what breaks its near-ties. Pure; the indexes are asked elsewhere. What the
 * first papers teach is in `feedback.ts`, how they stand by those of their subject in `smooth.ts`.
 */

import { bestFirst, stepped } from './best-first.ts';
import type { Merits } from './merits.ts';

/** Papers and what is known of each, in lists side by side: thousands of objects would be half of the time. */
export interface Candidates {
  /** `papers.seq`, ascending. */
  seqs: Int32Array;
  /** BM25 as a share of the best of the question: 1 for the best paper, 0 for one with none of the words. */
  lexical: Float64Array;
  /** Of the paper's vector and the question's; 0 where there is none. */
  cosines: Float32Array;
}

/** Best first. */
export interface Ranking extends Candidates {
  scores: Float64Array;
}

/** One of them. */
export interface Ranked {
  seq: number;
  lexical: number;
  cosine: number;
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
 * paper has, or with how far both rankings agree, cosines marked down in short texts. None was better throughout.
 * Reciprocal ranks throw away how much better the first is than the second (figures in `bench/RESULTS.md`).
 */
export function fuse({ seqs, lexical, cosines }: Candidates, cosineWeight: number = COSINE_WEIGHT): Ranking {
  const scores = new Float64Array(seqs.length);
  for (let at = 0; at < scores.length; at++) {
    scores[at] = stepped((lexical[at] as number) + cosineWeight * (cosines[at] as number));
  }
  return inOrder({ seqs, lexical, cosines, scores }, bestFirst(scores));
}

/** With this added to the scores of the first papers, none of it negative: the others stay below them. */
export function raise(ranking: Ranking, added: Float64Array): Ranking {
  const scores = ranking.scores.slice();
  for (let at = 0; at < added.length; at++) scores[at] = (scores[at] as number) + (added[at] as number);
  return withFirstInOrder({ ...ranking, scores }, added.length);
}

/**
 * What a title adds that begins with the question, times the share of it that was typed, against 1 for the best BM25 score.
 * Of 300 names of two or three words before the colon of a title, as questions over 100 000 papers, 214 had their paper first
 * without it, 242 with 0.3 and 252 with 0.6; of 300 ends of titles one fewer. A title that was typed whole is first
 * (278 of 300 titles of up to four words were, before).
 */
const HEAD = 0.5;
/** More than anything else adds up to. */
const ENTITLED = 2;

/** With those first whose title is the question, and those raised whose title begins with it; `shares` as of `titleShares`. */
export function raiseEntitled(ranking: Ranking, shares: Float64Array): Ranking {
  if (shares.every((share) => share === 0)) return ranking;
  const scores = ranking.scores.map((score, at) => {
    const share = shares[at] as number;
    return score + (share === 1 ? ENTITLED : HEAD * share);
  });
  return inOrder({ ...ranking, scores }, sortNearly(ranking.seqs, scores));
}

/** The first `size` papers by their scores, of equal ones the newer first; the others keep their places. */
export function withFirstInOrder(ranking: Ranking, size: number): Ranking {
  const { seqs, scores } = ranking;
  const places = new Uint32Array(size);
  for (let at = 0; at < size; at++) places[at] = at;
  const score = (place: number): number => scores[place] as number;
  places.sort((a, b) => score(b) - score(a) || (seqs[b] as number) - (seqs[a] as number));
  const first = inOrder(ranking, places);
  return {
    seqs: beginningWith(first.seqs, seqs.slice()),
    lexical: beginningWith(first.lexical, ranking.lexical.slice()),
    cosines: beginningWith(first.cosines, ranking.cosines.slice()),
    scores: beginningWith(first.scores, scores.slice()),
  };
}

/** Changes `all`. */
function beginningWith<Numbers extends Int32Array | Float64Array | Float32Array>(
  first: Numbers,
  all: Numbers,
): Numbers {
  all.set(first);
  return all;
}

/** Those that stand at these places. */
export function inOrder({ seqs, lexical, cosines, scores }: Ranking, places: ArrayLike<number>): Ranking {
  const size = places.length;
  const ordered = {
    seqs: new Int32Array(size),
    lexical: new Float64Array(size),
    cosines: new Float32Array(size),
    scores: new Float64Array(size),
  };
  for (let at = 0; at < size; at++) {
    const from = places[at] as number;
    ordered.seqs[at] = seqs[from] as number;
    ordered.lexical[at] = lexical[from] as number;
    ordered.cosines[at] = cosines[from] as number;
    ordered.scores[at] = scores[from] as number;
  }
  return ordered;
}

export function rankedAt({ seqs, lexical, cosines, scores }: Ranking, at: number): Ranked {
  return {
    seq: seqs[at] as number,
    lexical: lexical[at] as number,
    cosine: cosines[at] as number,
    score: scores[at] as number,
  };
}

/**
 * What standing together counts, divided by the square of the words of the question. With 1 questions of two words find
 * half as much more, with 3 more of them and less of three words that have nothing to do with each other. The square,
 * because two or three words are one notion more often than not, and of a sentence each word has neighbours of which most
 * are chance.
 */
const TOGETHER = 2;
/** Of longer questions it would count less than a thirtieth. */
const MOST_TOGETHER = 8;

/** What a nearness of 1 is worth, against 1 for the best BM25 score, which is `best`; 0 where it does not count. */
export function worthOfTogether(words: number, best: number): number {
  return words < 2 || words > MOST_TOGETHER ? 0 : TOGETHER / words ** 2 / best;
}

/** What papers get whose words of the question stand near each other: `nearness` as of `nearness.ts`. */
export function together(nearness: Float64Array, worth: number): Float64Array {
  return nearness.map((one) => Math.min(TOGETHER, one * worth));
}

/**
 * Half of what the question says, half of what it says after feedback: where the first papers were the wrong ones, they
 * lead no further astray than half.
 */
export function blend(asked: number, afterFeedback: number): number {
  return (asked + afterFeedback) / 2;
}

/** Blends scores after feedback, as shares of the best of them, into `shares`. `weighed`: their places there, ascending. */
export function blendIn(shares: Float64Array, weighed: Uint32Array, scores: Float32Array): void {
  let best = 0;
  for (const score of scores) if (score > best) best = score;
  for (let at = 0, place = 0; at < shares.length; at++) {
    const isWeighed = place < weighed.length && weighed[place] === at;
    // The others have nothing of what the first papers share.
    const again = isWeighed && best > 0 ? (scores[place] as number) / best : 0;
    if (isWeighed) place++;
    shares[at] = blend(shares[at] as number, again);
  }
}

/**
 * Papers whose scores differ by less than this share are as good as each other: the score by a word that a paper says twice
 * changes by as much when its abstract has five words more or fewer. A quarter of the neighbours among the first ten are
 * that near. Over 100 000 papers, a tenth of them with votes, 200 halves of abstracts each find their paper first with this
 * and without, 200 halves of titles 187 among the first ten and 157 or 158 first; of the first ten places, three in a
 * hundred are taken by another paper.
 */
const NEAR_TIE = 0.005;
/** Days after which half of what is due to the newest paper is left. A field has moved on in a year. */
const HALF_AGE = 365;
/** Votes that give half of what votes can give, so that they make up for a year. */
const HALF_VOTES = 5;
/** Below all that a paper nearly ties with, however old and unnoticed. */
const WITHDRAWN = -1.5;

/**
 * Near-ties in another order: the newer first and those with more votes, half of the say each; withdrawn ones last. No
 * score changes by so much that papers which differ by more than `NEAR_TIE` change places, but for withdrawn ones. `days`:
 * when papers were published, by `papers.seq`, in days since some day. Where all were on the same day and nobody voted,
 * nothing changes.
 */
export function breakTies(ranking: Ranking, days: Int32Array, { votes, withdrawn }: Merits): Ranking {
  const { seqs, scores } = ranking;
  let newest = 0;
  for (let at = 0; at < seqs.length; at++) {
    const day = days[seqs[at] as number] ?? 0;
    if (day > newest) newest = day;
  }
  const broken = new Float64Array(scores.length);
  for (let at = 0; at < broken.length; at++) {
    const seq = seqs[at] as number;
    const score = scores[at] as number;
    const merit =
      withdrawn.size > 0 && withdrawn.has(seq) ? WITHDRAWN : meritOf(newest - (days[seq] ?? 0), votes[seq] ?? 0);
    broken[at] = score + NEAR_TIE * Math.abs(score) * merit;
  }
  return inOrder({ ...ranking, scores: broken }, sortNearly(seqs, broken));
}

/** Less than half either way; 0 for the newest paper if nobody voted for it. */
function meritOf(age: number, votes: number): number {
  return (votes / (votes + HALF_VOTES) - age / (age + HALF_AGE)) / 2;
}

/** Places, that of the highest score first, of equal ones the newer. By insertion, as they are nearly in order already. */
function sortNearly(seqs: Int32Array, scores: Float64Array): Uint32Array {
  const places = new Uint32Array(scores.length);
  for (let at = 0; at < places.length; at++) {
    const score = scores[at] as number;
    const seq = seqs[at] as number;
    let to = at;
    for (; to > 0; to--) {
      const before = places[to - 1] as number;
      const difference = (scores[before] as number) - score;
      if (difference > 0 || (difference === 0 && (seqs[before] as number) > seq)) break;
      places[to] = before;
    }
    places[to] = at;
  }
  return places;
}
