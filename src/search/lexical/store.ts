/** The counted stems of papers in the database: written with the full-text index, read by the index in memory. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import { numbers } from '../numbers.ts';
import { countTerms, packTerms } from './terms.ts';

/** Counts the stems of the papers whose change number is above `after` and at most `last`. */
export async function indexTerms(trx: Trx, after: number, last: number): Promise<void> {
  const papers = await trx
    .selectFrom('papers')
    .select(['seq', 'change_no', 'title', 'abstract', 'authors', 'categories'])
    .where('change_no', '>', after)
    .where('change_no', '<=', last)
    .orderBy('seq')
    .execute();
  const packed = papers.map((paper) => packTerms(countTerms({ ...paper, authors: namesOf(paper.authors) })));
  // All rows travel as one value, cut by the database: bytes would have to be written as text in JSON.
  let start = 1;
  const rows = papers.map(({ seq, change_no }, index) => {
    const length = packed[index]?.length ?? 0;
    start += length;
    return [seq, change_no, start - length, length];
  });
  const bytes = Buffer.concat(packed);
  const json = JSON.stringify(rows);
  const isSqlite = dialectOf(trx) === 'sqlite';
  const cut = isSqlite ? sql`substr(bytes` : sql`substring(bytes`;
  const source = isSqlite
    ? sql`json_each(${json}), (select ${bytes} as bytes)`
    : sql`json_array_elements(${json}::json) as rows(value), (select ${bytes}::bytea as bytes) as given`;
  const field = (index: number, type: string) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)})`;
  await sql`insert into search_terms (seq, change_no, terms)
    select ${field(0, 'bigint')}, ${field(1, 'bigint')}, ${cut}, ${field(2, 'int')}, ${field(3, 'int')}) from ${source} where true
    on conflict (seq) do update set change_no = excluded.change_no, terms = excluded.terms`.execute(trx);
}

/** Affiliations are left out: what an institution is called says little of what a paper is about. */
function namesOf(authors: string): string {
  const rows = JSON.parse(authors) as [family: string, given: string, suffix: string, affiliation: string][];
  return rows.map(([family, given]) => `${given} ${family}`).join(', ');
}

export interface StoredTerms {
  seq: number;
  change_no: number;
  terms: Uint8Array;
}

/** In the order of their change numbers, those above `after`. */
export async function listTerms(db: Db, after: number, limit: number): Promise<StoredTerms[]> {
  return await db
    .selectFrom('search_terms')
    .select(['seq', 'change_no', 'terms'])
    .where('change_no', '>', after)
    .orderBy('change_no')
    .limit(limit)
    .execute();
}

/** Those of `seqs` that are indexed, in no order. */
export async function findTerms(db: Db, seqs: readonly number[]): Promise<StoredTerms[]> {
  return await db
    .selectFrom('search_terms')
    .select(['seq', 'change_no', 'terms'])
    .where('seq', 'in', numbers(db, seqs))
    .execute();
}
