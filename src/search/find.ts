/** Finds papers by words and by meaning: both indexes are asked, fused, and asked again with what the first papers say. */

import type { Db } from '#schema.ts';
import { expandTerms, FEEDBACK_PAPERS, moveVector, trust } from './feedback.ts';
import { blend, fuse } from './fusion.ts';
import type { Ranked } from './fusion.ts';
import { followTerms } from './lexical/live-index.ts';
import { informationOf, weighTerms } from './lexical/lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical/lexical-index.ts';
import { matchPapers } from './lexical/match.ts';
import type { LexicalHits } from './lexical/match.ts';
import { isStopTerm, questionTerms } from './lexical/question.ts';
import { findTerms } from './lexical/store.ts';

/** What the search asks of an index of vectors. All vectors are of unit length. */
export interface Vectors {
  encode(text: string): Float32Array | Promise<Float32Array>;
  /** Nearest first. */
  nearest(vector: Float32Array, limit: number, accepts?: (seq: number) => boolean): { seq: number; cosine: number }[];
  /** 0 for a paper that has no vector. */
  cosine(vector: Float32Array, seq: number): number;
  vectorOf(seq: number): Float32Array | undefined;
}

/** Gives the vectors as they are now; undefined where there is no model, and search goes on by words. */
export type VectorSource = () => Promise<Vectors | undefined>;

export interface Question {
  text: string;
  /** At most this many papers. */
  limit: number;
  /** Only papers for which this holds; asked with `papers.seq`. */
  accepts?: (seq: number) => boolean;
  /** By default both. One alone is for measuring. */
  by?: 'words' | 'meaning' | 'both';
}

export interface FoundPaper extends Ranked {
  /** How many of the question's words it has. */
  words: number;
}

export interface Found {
  /** Best first. Their order is the same each time, as long as no paper is indexed. */
  papers: FoundPaper[];
  /** Words of the question that were looked for. */
  words: number;
  /** Whether some paper has them all. */
  exact: boolean;
}

export interface Search {
  find(question: Question): Promise<Found>;
}

/** Papers that each index may nominate: far beyond what is read, and enough to measure recall. */
const POOL = 1000;
/** Before feedback, where only the first few matter. */
const FIRST_POOL = 100;
/** A paper with none of the question's words is shown only if it is at least this close in meaning. */
const CLOSE = 0.25;

export function createSearch(db: Db, vectorSource: VectorSource = async () => undefined): Search {
  const live = followTerms(db);
  return {
    async find({ text, limit, accepts, by = 'both' }) {
      const index = await live.current();
      const vectors = by === 'words' ? undefined : await vectorSource();
      const vector = await vectors?.encode(text);
      const terms = by === 'meaning' ? [] : questionTerms(text);
      const asked: Asked = { index, vectors, vector, terms, pool: Math.max(POOL, limit), accepts };
      const first = ask(by === 'both' ? { ...asked, pool: FIRST_POOL } : asked);
      const ranked = by === 'both' ? await askAgain(db, first, asked) : first.ranked;
      return {
        papers: ranked
          .map((paper) => ({ ...paper, words: first.lexical.matchedOf(paper.seq) }))
          .filter(({ words, cosine }) => by === 'meaning' || words > 0 || cosine >= CLOSE)
          .slice(0, limit),
        words: terms.length,
        exact: first.lexical.full,
      };
    },
  };
}

interface Asked {
  index: LexicalIndex;
  vectors: Vectors | undefined;
  vector: Float32Array | undefined;
  terms: readonly WeightedTerm[];
  pool: number;
  accepts: ((seq: number) => boolean) | undefined;
}

interface Answer {
  ranked: Ranked[];
  lexical: LexicalHits;
}

/** `before`: the answer to the same question before feedback. */
function ask(asked: Asked, before?: LexicalHits): Answer {
  const { index, vectors, vector, terms, pool, accepts } = asked;
  const lexical = matchPapers(index, { terms, limit: pool, accepts });
  const near = vectors !== undefined && vector !== undefined ? vectors.nearest(vector, pool, accepts) : [];
  const seqs = new Set([...lexical.hits.map(({ seq }) => seq), ...near.map(({ seq }) => seq)]);
  const cosines = new Map(near.map(({ seq, cosine }) => [seq, cosine]));
  const candidates = [...seqs].map((seq) => ({
    seq,
    lexical:
      before === undefined ? shareOfBest(lexical, seq) : blend(shareOfBest(before, seq), shareOfBest(lexical, seq)),
    cosine: vector === undefined ? 0 : (cosines.get(seq) ?? vectors?.cosine(vector, seq) ?? 0),
  }));
  return { ranked: fuse(candidates), lexical };
}

function shareOfBest({ hits, scoreOf }: LexicalHits, seq: number): number {
  const best = hits[0]?.score;
  return best === undefined ? 0 : scoreOf(seq) / best;
}

/** The same question after feedback. */
async function askAgain(db: Db, first: Answer, asked: Asked): Promise<Ranked[]> {
  const top = first.ranked.slice(0, FEEDBACK_PAPERS);
  if (top.length === 0) return [];
  const { index, vectors, vector } = asked;
  const stored = await findTerms(
    db,
    top.map(({ seq }) => seq),
  );
  const packed = new Map(stored.map(({ seq, terms }) => [seq, terms]));
  const shares = trust(top.map(({ score }) => score));
  const papers = top.map(({ seq }, at) => ({
    terms: weighTerms(index, packed.get(seq) ?? new Uint8Array(0)),
    vector: vectors?.vectorOf(seq),
    share: shares[at] ?? 0,
  }));
  const information = (term: number) => (isStopTerm(term) ? 0 : informationOf(index, term));
  const withVector = papers.flatMap((paper) =>
    paper.vector === undefined ? [] : [{ ...paper, vector: paper.vector }],
  );
  const terms = asked.terms.length === 0 ? [] : expandTerms(asked.terms, papers, information);
  const moved = vector === undefined ? undefined : moveVector(vector, withVector);
  return ask({ ...asked, terms, vector: moved }, first.lexical).ranked;
}
