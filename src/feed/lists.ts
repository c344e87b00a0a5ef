/** Skeletons of the lists by date: an author's, a category's, an organisation's papers, newest first. One query each. */

import { sql } from 'kysely';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

export async function listByAuthor(db: Db, slug: string, page: PageRequest): Promise<Skeleton> {
  return await listDated(db, { table: 'paper_authors', key: 'slug', id: 'paper_id' }, slug, page);
}

/** `cs.LG`, or a whole archive: `cs`. */
export async function listByCategory(db: Db, category: string, page: PageRequest): Promise<Skeleton> {
  return await listDated(db, { table: 'paper_categories', key: 'category', id: 'paper_id' }, category, page);
}

export async function listByOrganization(db: Db, slug: string, page: PageRequest): Promise<Skeleton> {
  return await listDated(db, { table: 'papers', key: 'organization_slug', id: 'id' }, slug, page);
}

/** A table with an index on (key, published_on, id): a page is one range of it. */
interface DatedIndex {
  table: string;
  key: string;
  id: string;
}

async function listDated(db: Db, index: DatedIndex, value: string, { limit, after }: PageRequest): Promise<Skeleton> {
  const id = sql.ref(index.id);
  const rows = await sql<{ published_on: string; id: string }>`
    select published_on, ${id} as id from ${sql.table(index.table)}
    where ${sql.ref(index.key)} = ${value} and ${beyond(index.id, after)}
    order by published_on desc, ${id} desc limit ${limit + 1}`.execute(db);
  return cutPage(
    rows.rows,
    limit,
    (row) => row.id,
    (row) => encodeCursor(['d', row.published_on, row.id]),
  );
}

function beyond(idColumn: string, after: string | undefined) {
  if (after === undefined) return sql<boolean>`1 = 1`;
  const [, day, id] = decodeCursor(cursors.date, after);
  return sql<boolean>`(published_on, ${sql.ref(idColumn)}) < (${day}, ${id})`;
}
