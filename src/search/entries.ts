/** What the database keeps for the indexes in memory: of each paper its terms, and what filters and facets ask for. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import type { SearchEntryTable } from './table.ts';
import { packPaper } from './lexical/terms.ts';
import { newStems } from './stems.ts';
import type { Beside } from './vectors/embed-beside.ts';

/** A hidden paper has no words and no day: where no day is, no paper is. */
const NOTHING = { title: '', abstract: '', authors: '[]', categories: '', published_on: '', code_url: null };

/**
 * Writes the entries of the papers whose change number is above `after` and at most `last`. `beside` gets each of these
 * papers with the stems of its title and abstract, which are gone with the next one.
 */
export async function writeEntries(trx: Trx, after: number, last: number, beside?: Beside): Promise<void> {
  const papers = await trx
    .selectFrom('papers')
    .select(['seq', 'change_no', 'title', 'abstract', 'authors', 'categories', 'published_on', 'code_url', 'hidden_at'])
    .where('change_no', '>', after)
    .where('change_no', '<=', last)
    .orderBy('seq')
    .execute()
    .then((rows) => rows.map((row) => (row.hidden_at === null ? row : { ...row, ...NOTHING })));
  const stems = newStems();
  const packed = papers.map((paper) => {
    const terms = packPaper({ ...paper, authors: namesOf(paper.authors) }, stems);
    beside?.add(paper, stems);
    return terms;
  });
  // All rows travel as one value, cut by the database: bytes would have to be written as text in JSON.
  let start = 1;
  const rows = papers.map(({ seq, change_no, published_on, categories, code_url }, index) => {
    const length = packed[index]?.length ?? 0;
    start += length;
    return [seq, change_no, start - length, length, published_on, categories, code_url === null ? 0 : 1];
  });
  const bytes = Buffer.concat(packed);
  const json = JSON.stringify(rows);
  const isSqlite = dialectOf(trx) === 'sqlite';
  const cut = isSqlite ? sql`substr(bytes` : sql`substring(bytes`;
  const source = isSqlite
    ? sql`json_each(${json}), (select ${bytes} as bytes)`
    : sql`json_array_elements(${json}::json) as rows(value), (select ${bytes}::bytea as bytes) as given`;
  const field = (index: number, type: string) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)})`;
  await sql`insert into search_entries (seq, change_no, published_on, categories, has_code, terms)
    select ${field(0, 'bigint')}, ${field(1, 'bigint')}, ${field(4, 'text')}, ${field(5, 'text')}, ${field(6, 'bigint')},
      ${cut}, ${field(2, 'int')}, ${field(3, 'int')}) from ${source} where true
    on conflict (seq) do update set change_no = excluded.change_no, published_on = excluded.published_on,
      categories = excluded.categories, has_code = excluded.has_code, terms = excluded.terms`.execute(trx);
}

/** Affiliations are left out: what an institution is called says little of what a paper is about. */
function namesOf(authors: string): string[] {
  const rows = JSON.parse(authors) as [family: string, given: string, suffix: string, affiliation: string][];
  return rows.map(([family, given]) => `${given} ${family}`);
}

/** In the order of their change numbers, those above `after`. */
export async function listEntries(db: Db, after: number, limit: number): Promise<SearchEntryTable[]> {
  return await db
    .selectFrom('search_entries')
    .selectAll()
    .where('change_no', '>', after)
    .orderBy('change_no')
    .limit(limit)
    .execute();
}
