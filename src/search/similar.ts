/** Finds papers like those named, or like a text: by their most telling words and by meaning, in one order. */

import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { everyPaper } from './catalog.ts';
import { rankedAt } from './fusion.ts';
import type { Ranked } from './fusion.ts';
import { informationOf } from './lexical/lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical/lexical-index.ts';
import type { Term } from './lexical/terms.ts';
import { questionTerms } from './lexical/question.ts';
import { rankOnce } from './rank.ts';
import type { Search } from './search.ts';
import type { Vectors } from './vectors/vectors.ts';

export interface SimilarQuestion {
  /** Papers to start from, as they are stored. */
  ids?: readonly PaperId[];
  /** A text to start from, alone or beside papers, for which it counts as one more. */
  text?: string;
  /** At most this many papers. */
  limit: number;
}

export interface SimilarFound {
  /** Closest first; never one that was asked with. */
  papers: Ranked[];
  /** `papers.seq` of the papers asked with, in the order of `ids`. */
  asked: number[];
  /** Those of `ids` that are not stored, or hidden. */
  unknown: PaperId[];
}

/** Papers that each index may nominate: far beyond what is read. */
const POOL = 300;
/**
 * Words asked for: an abstract has some seventy that tell anything. Beside the meaning, all of them find no more papers
 * of the same people than the thirty that tell most, and take twice as long; fifteen find a tenth fewer.
 */
const MOST_TERMS = 30;
/**
 * What a cosine of 1 counts against the best score by words. A whole abstract says more of what is meant than a question
 * does, so it is more than in `fusion.ts`: from 0.6 to 1.5 most papers of the same people are among the first ten.
 */
const COSINE_WEIGHT = 1;
/** Papers that share neither words nor subject are not shown only because nothing else is there. */
const LEAST_SCORE = 0.1;

/** One query, and none for a text alone. The indexes may be some seconds old. */
export async function findSimilar(
  search: Search,
  { ids = [], text = '', limit }: SimilarQuestion,
): Promise<SimilarFound> {
  await search.turn();
  const { db, indexes, vectors } = await search.recent();
  const rows = await findTexts(db, ids);
  const asked = ids.flatMap((id) => rows.get(id)?.seq ?? []);
  const unknown = ids.filter((id) => !rows.has(id));
  const sources: Source[] = ids.flatMap((id) => rows.get(id) ?? []);
  if (text.trim() !== '') sources.push({ title: '', abstract: text });
  if (sources.length === 0) return { papers: [], asked, unknown };
  const terms = tellingTerms(indexes.lexical, sources);
  const vector = vectors && (await centreOf(vectors, sources));
  const accepted = everyPaper(indexes.catalog);
  for (const seq of asked) accepted[seq] = 0;
  const pool = Math.max(POOL, limit);
  const { ranking } = rankOnce({ index: indexes.lexical, vectors, vector, terms, pool, accepted }, COSINE_WEIGHT);
  const found = Array.from(ranking.seqs.subarray(0, limit), (_, at) => rankedAt(ranking, at));
  return { papers: found.filter(({ score }) => score >= LEAST_SCORE), asked, unknown };
}

interface Source {
  seq?: number;
  title: string;
  abstract: string;
}

async function findTexts(db: Db, ids: readonly PaperId[]): Promise<Map<PaperId, Required<Source>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('papers')
    .select(['id', 'seq', 'title', 'abstract'])
    .where(inList(dialectOf(db), 'id', ids))
    .where('hidden_at', 'is', null)
    .execute();
  return new Map(rows.map(({ id, ...source }) => [id, source]));
}

/** As BM25's k1: the tenth time a word is said adds little. */
const K = 1.2;

/**
 * The words that tell most of what the sources have in common. Read from title and abstract, not from the stored
 * terms: authors' names are so rare that they would be all that is left.
 */
function tellingTerms(index: LexicalIndex, sources: readonly Source[]): WeightedTerm[] {
  const weights = new Map<Term, number>();
  for (const { title, abstract } of sources) {
    for (const { term, weight: count } of questionTerms(`${title}\n${abstract}`)) {
      weights.set(term, (weights.get(term) ?? 0) + count / (count + K));
    }
  }
  return [...weights]
    .filter(([term]) => index.table.find(term) >= 0)
    .map(([term, weight]) => ({ term, weight, value: weight * informationOf(index, term) }))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_TERMS)
    .map(({ term, weight }) => ({ term, weight }));
}

/**
 * Unit length; undefined if the model knows nothing of any source. A paper that has no vector yet counts by its words
 * alone: a page about it must not wait for a model that may be far away.
 */
async function centreOf(vectors: Vectors, sources: readonly Source[]): Promise<Float32Array | undefined> {
  let sum: Float32Array | undefined;
  for (const { seq, abstract } of sources) {
    const vector = seq === undefined ? await vectors.encode(abstract) : vectors.vectorOf(seq);
    if (vector === undefined) continue;
    sum ??= new Float32Array(vector.length);
    for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + (vector[k] as number);
  }
  const length = sum === undefined ? 0 : Math.hypot(...sum);
  return length > 0 ? sum?.map((value) => value / length) : undefined;
}
