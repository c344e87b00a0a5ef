/** Skeletons of the trending lists: by score, date, votes or comments, of the last days or of all time. One query each. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Day } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import type { StandingCursor } from './cursor.ts';
import type { PageRequest } from './skeleton.ts';

export type TrendingSort = 'trending' | 'publishedAt' | 'upvotes' | 'comments';

export interface TrendingAsked {
  sort: TrendingSort;
  /** Only papers that stand under this day or a later one; all if left out. */
  since?: Day | undefined;
}

/** As `Skeleton`, with the numbers of `papers.seq`. */
export interface RowSkeleton {
  seqs: number[];
  /** Encoded cursor of the next page; undefined on the last. */
  next: string | undefined;
}

/** What a list is ordered by before the score, and its marks. */
const ORDERS = {
  trending: { key: undefined, cursor: cursors.standing },
  publishedAt: { key: 'day', cursor: cursors.standingDay },
  upvotes: { key: 'upvotes', cursor: cursors.standingCount },
  comments: { key: 'comments', cursor: cursors.standingCount },
} as const;

interface Row {
  seq: number;
  stands_at: number;
  day: Day;
  upvotes: number;
  comments: number;
}

/**
 * Of all time a page is one range of the index of its order. Of the last days it is one range of the index of days, of
 * which the first are kept: a month is some thousand papers.
 */
export async function listTrending(
  db: Db,
  { sort, since }: TrendingAsked,
  { limit, after }: PageRequest,
): Promise<RowSkeleton> {
  const { key, cursor }: { key: string | undefined; cursor: z.ZodType<StandingCursor> } = ORDERS[sort];
  const [, ...beyond] = after === undefined ? [] : decodeCursor(cursor, after);
  const keys = [...(key === undefined ? [] : [key]), 'stands_at', 'seq'];
  // An expression is in no index of an order, so both databases read the days instead of going through that order.
  const columns = keys.map((name) =>
    since === undefined || name === 'day' || name === 'seq' ? sql.ref(name) : sql`(${sql.ref(name)} + 0)`,
  );
  const conditions = [
    ...(since === undefined ? [] : [sql`day >= ${since}`]),
    ...(beyond.length === 0 ? [] : [sql`(${sql.join(columns)}) < (${sql.join(beyond)})`]),
  ];
  const { rows } = await sql<Row>`select seq, stands_at, day, upvotes, comments from trending
    ${conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`}
    order by ${sql.join(columns.map((column) => sql`${column} desc`))}
    limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { seqs: page.map(({ seq }) => seq), next: last && markOf(sort, last) };
}

function markOf(sort: TrendingSort, { seq, stands_at, day, upvotes, comments }: Row): string {
  switch (sort) {
    case 'trending':
      return encodeCursor(['t', stands_at, seq]);
    case 'publishedAt':
      return encodeCursor(['n', day, stands_at, seq]);
    case 'upvotes':
      return encodeCursor(['c', upvotes, stands_at, seq]);
    case 'comments':
      return encodeCursor(['c', comments, stands_at, seq]);
  }
}
