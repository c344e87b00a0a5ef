/** Full-text search over titles, authors, abstracts and categories, best match first. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db } from '#schema.ts';
import { stopWords } from './stop-words.ts';

/** `all`: papers with every word; `any`: papers with at least one. */
export type MatchMode = 'all' | 'any';

export interface Match {
  id: string;
  /** Higher is better; comparable within one query only. */
  score: number;
}

export interface LexicalQuery {
  words: readonly string[];
  mode: MatchMode;
  limit: number;
  /** The last match of the page before. */
  after?: Match;
}

/** A title says most of what a paper is about, then who wrote it; order of the columns of `paper_text`. */
const WEIGHTS = { title: 8, authors: 4, abstract: 1, categories: 2 };

/** A pasted sentence has no more words that matter; each one more costs time. */
const WORD_LIMIT = 16;

/**
 * What people type, cut into words that can be looked for: no stop words, each once, the longest where there are too
 * many. Punctuation inside a word stays: the index cuts it as it cut the papers.
 */
export function queryWords(text: string): string[] {
  const words = text.split(/[\s\p{Cc}]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const telling = [...new Set(words)].filter((word) => !stopWords.has(word.toLowerCase()));
  if (telling.length <= WORD_LIMIT) return telling;
  const kept = new Set(telling.toSorted((a, b) => b.length - a.length).slice(0, WORD_LIMIT));
  return telling.filter((word) => kept.has(word));
}

export async function findMatches(db: Db, query: LexicalQuery): Promise<Match[]> {
  if (query.words.length === 0) return [];
  return dialectOf(db) === 'sqlite' ? await matchOnSqlite(db, query) : await matchOnPostgres(db, query);
}

async function matchOnSqlite(db: Db, { words, mode, limit, after }: LexicalQuery): Promise<Match[]> {
  // Each word as an FTS5 string, so that nothing typed is read as an operator.
  const expression = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(mode === 'all' ? ' ' : ' OR ');
  const { title, authors, abstract, categories } = WEIGHTS;
  const matches = sql<Match>`select papers.id as id, found.score as score from (
      select rowid, -bm25(paper_text, ${title}, ${authors}, ${abstract}, ${categories}) as score
      from paper_text where paper_text match ${expression}
    ) as found join papers on papers.seq = found.rowid
    where ${beyond(after)} order by found.score desc, papers.id desc limit ${limit}`;
  return (await matches.execute(db)).rows;
}

async function matchOnPostgres(db: Db, { words, mode, limit, after }: LexicalQuery): Promise<Match[]> {
  const query = sql.join(words.map(wordOnPostgres), mode === 'all' ? sql` && ` : sql` || `);
  const matches = sql<Match>`select papers.id as id, found.score as score from (
      select seq, ts_rank_cd('{0.1, 0.2, 0.5, 1}', document, query, 1)::float8 as score
      from paper_text, (select ${query} as query) as asked where document @@ query
    ) as found join papers on papers.seq = found.seq
    where ${beyond(after)} order by found.score desc, papers.id desc limit ${limit}`;
  return (await matches.execute(db)).rows;
}

/** Authors and categories are indexed as they are, so a word counts stemmed or unstemmed; stop words not at all. */
function wordOnPostgres(word: string) {
  const stemmed = sql`plainto_tsquery('english', ${word})`;
  return sql`(case when numnode(${stemmed}) = 0 then ${stemmed} else ${stemmed} || plainto_tsquery('simple', ${word}) end)`;
}

function beyond(after: Match | undefined) {
  if (after === undefined) return sql`true`;
  return sql`(found.score < ${after.score} or (found.score = ${after.score} and papers.id < ${after.id}))`;
}
