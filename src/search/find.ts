/** Answers a search: which papers, in which order, how many there are, and why. */

import type { Db } from '#schema.ts';
import type { Accepted } from './accepted.ts';
import { countFacets, everyPaper, publishedOf } from './catalog.ts';
import type { Catalog, Facets } from './catalog.ts';
import { acceptedBy, seqsIn } from './filter.ts';
import type { Indexes } from './filter.ts';
import { breakTies, inOrder, rankedAt } from './fusion.ts';
import type { Ranked, Ranking } from './fusion.ts';
import { best } from './lexical/best.ts';
import { missingIn } from './lexical/missing.ts';
import { questionTerms } from './lexical/question.ts';
import type { Merits } from './merits.ts';
import type { Query } from './query/query.ts';
import { rankOnce, rankWithFeedback } from './rank.ts';
import type { Asked } from './rank.ts';
import { respell } from './respell.ts';
import type { Respelling } from './respell.ts';
import type { Vectors } from './vectors/vectors.ts';

export interface Question {
  query: Query;
  /** How far down the order goes: at most this many papers are in it. */
  limit: number;
  /**
   * At most this many are wanted, the first; by default as many as `limit`. Saves making what nobody looks at. An order by
   * date or by what is trending goes as far down as is wanted.
   */
  first?: number;
  /** In an order by date or by what is trending: only papers that stand after this one. */
  beyond?: Pick<Ranked, 'score' | 'seq'> | undefined;
  /** Whether those orders have only papers with every word; by default they do where there are some. */
  exact?: boolean | undefined;
  /** By default both. One alone is for measuring. */
  by?: 'words' | 'meaning' | 'both';
  /** What `sort:trending` orders by, highest first. `published`: days since 1970-01-01. */
  trend?: (seq: number, published: number) => number;
}

export interface FoundPaper extends Ranked {
  /** How many of the question's words it has. */
  words: number;
  /** Undefined where the query has no words, only conditions. */
  why: 'words' | 'meaning' | 'both' | undefined;
  /** Words that it has not, where it has others; empty for questions of more than `MOST_MISSED` words. */
  missing: readonly string[];
}

export interface Found {
  /**
   * In the order asked for, `score` falling. That by relevance is the order of this moment: each paper that is indexed
   * moves scores, another process may have counted words that were replaced since, and a model may not answer in time.
   */
  papers: FoundPaper[];
  /** Words of the question that were looked for. */
  words: number;
  /** Whether some paper has them all; what the question says of it, if it does. */
  exact: boolean;
  /** Papers that have all the words; where none has, those that are listed. All of them fulfil the conditions. */
  total: number;
  /** Of the `total`. */
  facets: Facets;
  /** What was looked for: the query that was given, in the spelling of the papers. */
  query: Query;
  /** In what the two differ. */
  respelled: readonly Respelling[];
}

/** What every question to one state of the indexes needs. */
export interface SearchState {
  db: Db;
  indexes: Indexes;
  vectors: Vectors | undefined;
  merits: Merits;
}

/**
 * From which cosine with the question on a paper counts as close in meaning; one with none of the question's words is shown
 * only then. Of 100 000 papers at least one is as close to 93 of 100 questions of three words of a title (the median: 35
 * papers), to 91 of two words, 78 of one word, 99 sentences, and 53 of four words of which one is misspelt; to 6 of three
 * everyday words that have nothing to do with each other ("pancake trapeze landlord"), to 28 of three rare words of
 * abstracts drawn blindly, and to none of keys pressed at random. From 0.35 on it would be 97, 98, 90, 100 and 80, but 23
 * and 50 of the nonsense; from 0.45 on 78, 76, 62, 96 and 32, and 1 and 11. 200 questions each.
 */
const CLOSE = 0.4;

export async function find(state: SearchState, question: Question): Promise<Found> {
  const { limit, first = limit, by = 'both' } = question;
  const { db, indexes, vectors, merits } = state;
  const { query, changes: respelled } = respell(indexes.lexical, question.query);
  const { catalog } = indexes;
  // Vectors of hidden papers are still there.
  const accepted =
    (await acceptedBy(db, indexes, query)) ?? (catalog.hidden.size > 0 ? everyPaper(catalog) : undefined);
  const text = wordsOf(query);
  if (text === '') return listAccepted(indexes, accepted, question);
  const vector = by === 'words' ? undefined : await vectors?.encode(text);
  const terms = by === 'meaning' ? [] : questionTerms(text);
  const asked: Asked = { index: indexes.lexical, vectors, vector, terms, pool: limit, accepted };
  const { ranking: byScore, lexical } = by === 'both' ? rankWithFeedback(asked, text) : rankOnce(asked);
  const ranking = breakTies(byScore, catalog.days, merits);
  const { complete, matchedOf } = lexical;
  const close = by === 'meaning' ? ranking : withWordsOrClose(ranking, matchedOf);
  const exact = question.exact ?? (terms.length > 0 && complete.length > 0);
  const listed = exact ? complete : close.seqs;
  const order = orderOf(query.sort, indexes.catalog, question.trend);
  const missing = missingIn(indexes.lexical, typedWords(query));
  const papers = order === undefined ? firstOf(close, first) : inOtherOrder(listed, order, question, close);
  return {
    papers: papers.map((paper) => {
      const words = matchedOf(paper.seq);
      const lacksSome = words > 0 && words < terms.length && terms.length <= MOST_MISSED;
      return explained(paper, words, lacksSome ? missing(paper.seq) : NONE);
    }),
    words: terms.length,
    exact,
    total: listed.length,
    facets: countFacets(indexes.catalog, listed),
    query,
    respelled,
  };
}

function firstOf(ranking: Ranking, limit: number): Ranked[] {
  const first: Ranked[] = [];
  for (let at = 0; at < limit && at < ranking.seqs.length; at++) first.push(rankedAt(ranking, at));
  return first;
}

/** Those that have a word of the question or are close to it. */
function withWordsOrClose(ranking: Ranking, matchedOf: (seq: number) => number): Ranking {
  const { seqs, cosines } = ranking;
  const places = new Uint32Array(seqs.length);
  let size = 0;
  for (let at = 0; at < seqs.length; at++) {
    if ((cosines[at] as number) >= CLOSE || matchedOf(seqs[at] as number) > 0) places[size++] = at;
  }
  return size === seqs.length ? ranking : inOrder(ranking, places.subarray(0, size));
}

/** Words that rank; those of phrases do too. */
function wordsOf(query: Query): string {
  return typedWords(query).join(' ');
}

function typedWords({ parts }: Query): string[] {
  return parts.flatMap((part) => (part.kind === 'word' || part.kind === 'phrase' ? [part.text] : []));
}

type Trend = Question['trend'];

/** What the papers of a query are ordered by: conditions without words are fulfilled by all alike, so by date. */
export function sortOf(query: Query): Query['sort'] {
  return query.sort === 'relevance' && wordsOf(query) === '' ? 'new' : query.sort;
}

function listAccepted({ catalog }: Indexes, accepted: Accepted | undefined, question: Question): Found {
  const { sort } = question.query;
  // Who asks for nothing but an order asks it of all papers.
  const among = accepted ?? (sort === 'relevance' ? undefined : everyPaper(catalog));
  const seqs = among === undefined ? [] : seqsIn(among);
  const order = orderOf(sortOf(question.query), catalog, question.trend) ?? (() => 0);
  return {
    papers: inOtherOrder(seqs, order, question).map((paper) => ({ ...paper, words: 0, why: undefined, missing: NONE })),
    words: 0,
    exact: seqs.length > 0,
    total: seqs.length,
    facets: countFacets(catalog, seqs),
    query: question.query,
    respelled: [],
  };
}

/** What papers are ordered by, highest first; undefined for relevance, by which they are ordered already. */
function orderOf(sort: Query['sort'], catalog: Catalog, trend: Trend): ((seq: number) => number) | undefined {
  if (sort === 'relevance') return undefined;
  const published = (seq: number): number => publishedOf(catalog, seq);
  return sort === 'trending' && trend !== undefined ? (seq) => trend(seq, published(seq)) : published;
}

/** The first ones; of equal ones the newer in the database first. With their parts of the ranking where known. */
function inOtherOrder(
  seqs: ArrayLike<number>,
  order: (seq: number) => number,
  { limit, first: wanted = limit, beyond }: Pick<Question, 'limit' | 'first' | 'beyond'>,
  ranking?: Ranking,
): Ranked[] {
  const first = best(wanted);
  const { score: highest, seq: last } = beyond ?? { score: Infinity, seq: Infinity };
  let floor = -Infinity;
  // From the last one on: papers of one day came after those of the day before, so few later ones are among the first.
  for (let at = seqs.length - 1; at >= 0; at--) {
    const seq = seqs[at] as number;
    const score = order(seq);
    if (score > highest || (score === highest && seq >= last)) continue;
    if (score >= floor) floor = first.offer(seq, score);
  }
  const known = new Map(ranking && Array.from(ranking.seqs, (seq, at) => [seq, rankedAt(ranking, at)]));
  return first.take().map((seq) => ({ lexical: 0, cosine: 0, ...known.get(seq), seq, score: order(seq) }));
}

/** In longer questions each paper lacks so many that to name them says nothing. */
const MOST_MISSED = 8;
const NONE: readonly string[] = [];

function explained({ seq, lexical, cosine, score }: Ranked, words: number, missing: readonly string[]): FoundPaper {
  const why = words === 0 ? 'meaning' : cosine >= CLOSE ? 'both' : 'words';
  // Named one by one, because copying all that there is takes several times as long.
  return { seq, lexical, cosine, score, words, why, missing };
}
