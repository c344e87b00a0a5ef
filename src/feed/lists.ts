/** Skeletons of the lists by date: an author's, a category's, an organisation's papers, newest first. One query each. */

import { sql } from 'kysely';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

interface DatedRow {
  published_on: string;
  id: string;
}

export async function listByAuthor(db: Db, slug: string, page: PageRequest): Promise<Skeleton> {
  const query = db.selectFrom('paper_authors').select(['published_on', 'paper_id as id']).where('slug', '=', slug);
  const rows = await query
    .where(beyond('paper_id', page.after))
    .orderBy('published_on', 'desc')
    .orderBy('paper_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutDated(rows, page.limit);
}

/** `cs.LG`, or a whole archive: `cs`. */
export async function listByCategory(db: Db, category: string, page: PageRequest): Promise<Skeleton> {
  const query = db
    .selectFrom('paper_categories')
    .select(['published_on', 'paper_id as id'])
    .where('category', '=', category);
  const rows = await query
    .where(beyond('paper_id', page.after))
    .orderBy('published_on', 'desc')
    .orderBy('paper_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutDated(rows, page.limit);
}

export async function listByOrganization(db: Db, slug: string, page: PageRequest): Promise<Skeleton> {
  const query = db.selectFrom('papers').select(['published_on', 'id']).where('organization_slug', '=', slug);
  const rows = await query
    .where(beyond('id', page.after))
    .orderBy('published_on', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutDated(rows, page.limit);
}

function beyond(idColumn: string, after: string | undefined) {
  if (after === undefined) return sql<boolean>`1 = 1`;
  const [, day, id] = decodeCursor(cursors.date, after);
  return sql<boolean>`(published_on, ${sql.ref(idColumn)}) < (${day}, ${id})`;
}

function cutDated(rows: readonly DatedRow[], limit: number): Skeleton {
  return cutPage(
    rows,
    limit,
    (row) => row.id,
    (row) => encodeCursor(['d', row.published_on, row.id]),
  );
}
