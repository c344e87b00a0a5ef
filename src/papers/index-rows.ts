/** Keeps `paper_authors` and `paper_categories` in step with the papers they are derived from. */

import { sql } from 'kysely';
import { insertRows } from '#platform/db/insert-rows.ts';
import { dialectOf } from '#platform/db/open.ts';
import { selectRows } from '#platform/db/rows.ts';
import type { Trx } from '#schema.ts';
import { authorSlug } from './authors.ts';
import { decodeAuthors } from './merge.ts';
import type { PaperRow } from './merge.ts';
import type { PaperAuthorTable, PaperCategoryTable } from './table.ts';

const AUTHOR_COLUMNS = { slug: 'text', published_on: 'text', paper_id: 'text' } as const;
const CATEGORY_COLUMNS = { category: 'text', published_on: 'text', paper_id: 'text' } as const;

/** `written` are the rows as they are now, `stored` those of before, where there were any. */
export async function saveIndexRows(
  trx: Trx,
  written: readonly PaperRow[],
  stored: ReadonlyMap<string, PaperRow>,
): Promise<void> {
  const dialect = dialectOf(trx);
  const before = written.flatMap((row) => stored.get(row.id) ?? []);
  const authors = difference(before.flatMap(authorRows), written.flatMap(authorRows));
  const categories = difference(before.flatMap(categoryRows), written.flatMap(categoryRows));
  if (authors.gone.length > 0) {
    const gone = selectRows(dialect, AUTHOR_COLUMNS, authors.gone);
    await sql`delete from paper_authors where (slug, published_on, paper_id) in (${gone})`.execute(trx);
  }
  if (categories.gone.length > 0) {
    const gone = selectRows(dialect, CATEGORY_COLUMNS, categories.gone);
    await sql`delete from paper_categories where (category, published_on, paper_id) in (${gone})`.execute(trx);
  }
  const conflict = sql`do nothing`;
  await insertRows(trx, { table: 'paper_authors', columns: AUTHOR_COLUMNS, rows: authors.come, conflict });
  await insertRows(trx, { table: 'paper_categories', columns: CATEGORY_COLUMNS, rows: categories.come, conflict });
}

/** Two authors of one name on one paper share a row. */
function authorRows(row: PaperRow): PaperAuthorTable[] {
  if (row.hidden_at !== null) return [];
  const slugs = new Set(decodeAuthors(row.authors).map(authorSlug));
  return [...slugs].map((slug) => ({ slug, published_on: row.published_on, paper_id: row.id }));
}

/** `cs.LG` counts for itself and for its archive `cs`. */
function categoryRows(row: PaperRow): PaperCategoryTable[] {
  const categories = new Set<string>();
  if (row.hidden_at !== null) return [];
  for (const category of row.categories.split(' ')) {
    if (category === '') continue;
    categories.add(category);
    categories.add(category.split('.')[0] ?? category);
  }
  return [...categories].map((category) => ({ category, published_on: row.published_on, paper_id: row.id }));
}

function difference<Row extends object>(before: readonly Row[], after: readonly Row[]) {
  if (before.length === 0) return { gone: [], come: after }; // an import of new papers, where speed counts
  const key = (row: Row) => Object.values(row).join('\n');
  const had = new Set(before.map(key));
  const has = new Set(after.map(key));
  return { gone: before.filter((row) => !has.has(key(row))), come: after.filter((row) => !had.has(key(row))) };
}
