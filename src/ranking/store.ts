/** SQL on where papers stand, and on up to where that was computed. */

import { sql } from 'kysely';
import { inNumbers } from '#platform/db/in-list.ts';
import type { Day } from '#platform/day.ts';
import { dialectOf } from '#platform/db/open.ts';
import { columnNames, selectRows } from '#platform/db/rows.ts';
import type { Columns } from '#platform/db/rows.ts';
import type { Db } from '#schema.ts';
import type { TrendingTable } from './table.ts';

const COLUMNS: Columns<TrendingTable> = {
  seq: 'bigint',
  day: 'text',
  stands_at: 'bigint',
  upvotes: 'bigint',
  comments: 'bigint',
  signals_at: 'bigint',
  parts: 'text',
};

/**
 * Inserts rows or overwrites them, unless they come out the same or somebody else has meanwhile computed them from newer
 * signals. One statement.
 */
export async function saveStandings(db: Db, rows: readonly TrendingTable[]): Promise<void> {
  if (rows.length === 0) return;
  const names = columnNames(COLUMNS);
  const updated = names.filter((name) => name !== 'seq');
  const differs = updated.map((name) => sql`trending.${sql.ref(name)} <> excluded.${sql.ref(name)}`);
  await db
    .insertInto('trending')
    .columns(names)
    .expression(selectRows(dialectOf(db), COLUMNS, rows))
    .onConflict((conflict) =>
      conflict
        .column('seq')
        .doUpdateSet(Object.fromEntries(updated.map((name) => [name, sql.ref(`excluded.${name}`)])))
        .where(sql<boolean>`excluded.signals_at >= trending.signals_at and (${sql.join(differs, sql` or `)})`),
    )
    .execute();
}

/** Takes papers out of the lists: hidden ones. By `papers.seq`. */
export async function forgetStandings(db: Db, seqs: readonly number[]): Promise<void> {
  await db
    .deleteFrom('trending')
    .where(inNumbers(dialectOf(db), 'seq', seqs))
    .execute();
}

/** `signals_at` by `papers.seq`; papers that stand nowhere yet are left out. */
export async function findSignalTimes(db: Db, seqs: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('trending')
    .select(['seq', 'signals_at'])
    .where(inNumbers(dialectOf(db), 'seq', seqs))
    .execute();
  return new Map(rows.map((row) => [row.seq, row.signals_at]));
}

/** The day under which papers stand, by `papers.seq`; papers that stand nowhere yet are left out. */
export async function findStandingDays(db: Db, seqs: readonly number[]): Promise<Map<number, Day>> {
  const rows = await db
    .selectFrom('trending')
    .select(['seq', 'day'])
    .where(inNumbers(dialectOf(db), 'seq', seqs))
    .execute();
  return new Map(rows.map((row) => [row.seq, row.day]));
}

/** Where those stand that people lifted above their dates, by `papers.seq`; the highest `limit` of them. */
export async function findLifted(db: Db, limit: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('trending')
    .select(['seq', 'stands_at'])
    .where('parts', '<>', '')
    .orderBy('stands_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return new Map(rows.map((row) => [row.seq, row.stands_at]));
}

/** `papers`: a change number. `discussion`: epoch ms. `formula`: the fingerprint of the constants. */
export type WatermarkName = 'papers' | 'discussion' | 'formula';

/** 0 where nothing was done yet. */
export async function readWatermark(db: Db, name: WatermarkName): Promise<number> {
  const row = await db.selectFrom('trending_watermarks').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? 0;
}

export async function saveWatermark(db: Db, name: WatermarkName, value: number): Promise<void> {
  await db
    .insertInto('trending_watermarks')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}
