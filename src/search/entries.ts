/** What the database keeps for the indexes in memory: of each paper its terms, and what filters and facets ask for. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import type { ReadPapers } from './read-papers.ts';
import type { SearchEntryTable } from './table.ts';

/** Of a paper that is indexed, beside its terms. */
export type EntryPaper = Pick<SearchEntryTable, 'seq' | 'change_no' | 'published_on' | 'categories' | 'has_code'>;

/** Writes the entries of papers, with the terms that stand at their places in `read`. */
export async function writeEntries(
  trx: Trx,
  papers: readonly EntryPaper[],
  { terms, lengths }: ReadPapers,
): Promise<void> {
  // All rows travel as one value, cut by the database: bytes would have to be written as text in JSON.
  let start = 1;
  const rows = papers.map(({ seq, change_no, published_on, categories, has_code }, index) => {
    const length = lengths[index] ?? 0;
    start += length;
    return [seq, change_no, start - length, length, published_on, categories, has_code];
  });
  const bytes = Buffer.from(terms.buffer, terms.byteOffset, terms.length);
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

/** How many have a change number above `after`. */
export async function countEntries(db: Db, after: number): Promise<number> {
  const { entries } = await db
    .selectFrom('search_entries')
    .select((e) => e.fn.countAll<number>().as('entries'))
    .where('change_no', '>', after)
    .executeTakeFirstOrThrow();
  return entries;
}
