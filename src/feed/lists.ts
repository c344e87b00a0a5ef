/** Skeletons of the lists by date: an author's, a category's, an organization's papers, newest first. One query each. */

import { sql } from 'kysely';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

export async function listByAuthor(db: Db, slug: string, page: PageRequest): Promise<Skeleton> {
  return await listDated(db, AUTHORS, slug, page);
}

/** `cs.LG`, or a whole archive: `cs`. */
export async function listByCategory(db: Db, category: string, page: PageRequest): Promise<Skeleton> {
  return await listDated(db, CATEGORIES, category, page);
}

export async function listByOrganization(db: Db, slug: string, page: PageRequest): Promise<Skeleton> {
  return await listDated(db, ORGANIZATIONS, slug, page);
}

/** How many papers a list has: one range of its index. */
export async function countByAuthor(db: Db, slug: string): Promise<number> {
  return await countDated(db, AUTHORS, slug);
}

export async function countByCategory(db: Db, category: string): Promise<number> {
  return await countDated(db, CATEGORIES, category);
}

export async function countByOrganization(db: Db, slug: string): Promise<number> {
  return await countDated(db, ORGANIZATIONS, slug);
}

/** A table with an index on (key, published_on, id): a page is one range of it. */
interface DatedIndex {
  table: string;
  key: string;
  id: string;
}

const AUTHORS: DatedIndex = { table: 'paper_authors', key: 'slug', id: 'paper_id' };
const CATEGORIES: DatedIndex = { table: 'paper_categories', key: 'category', id: 'paper_id' };
const ORGANIZATIONS: DatedIndex = { table: 'papers', key: 'organization_slug', id: 'id' };

async function countDated(db: Db, { table, key }: DatedIndex, value: string): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)} where ${sql.ref(key)} = ${value}`.execute(db);
  return rows.rows[0]?.count ?? 0;
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
