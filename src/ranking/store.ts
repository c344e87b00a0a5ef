/** SQL on where papers stand, and on up to where that was computed. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { inNumbers } from '#platform/db/in-list.ts';
import type { Day } from '#platform/day.ts';
import { dialectOf } from '#platform/db/open.ts';
import { columnNames, selectRows } from '#platform/db/rows.ts';
import type { Columns } from '#platform/db/rows.ts';
import { holdPapers } from '#papers/save.ts';
import type { Db, Trx } from '#schema.ts';
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

/** A row, and the paper that it was made of. */
export interface Standing {
  row: TrendingTable;
  /** `papers.change_no` of what was read. */
  changeNo: number;
}

/** A paper as it was read. */
export type Read = Pick<TrendingTable, 'seq'> & Pick<Standing, 'changeNo'>;

const READ: Columns<Read> = { seq: 'bigint', changeNo: 'bigint' };

/**
 * Inserts rows or overwrites them, unless they come out the same, or somebody else has meanwhile computed them from newer
 * signals, or the paper was changed (hidden, for instance) after it was read: then it is due again. One statement, and none
 * where all come out the same.
 */
export async function saveStandings(db: Db, standings: readonly Standing[]): Promise<void> {
  const stored = await findStandings(
    db,
    standings.map(({ row }) => row.seq),
  );
  const names = columnNames(COLUMNS);
  const rows = standings.flatMap(({ row, changeNo }) => {
    const before = stored.get(row.seq);
    const same = before !== undefined && names.every((name) => row[name] === before[name]);
    return same ? [] : [{ ...row, changeNo }];
  });
  if (rows.length === 0) return;
  rows.sort((a, b) => a.seq - b.seq);
  await whilePapersHold(db, async (trx) => await write(trx, rows));
}

async function write(trx: Trx, rows: readonly (TrendingTable & Read)[]): Promise<void> {
  const names = columnNames(COLUMNS);
  const updated = names.filter((name) => name !== 'seq');
  const differs = updated.map((name) => sql`trending.${sql.ref(name)} <> excluded.${sql.ref(name)}`);
  const dialect = dialectOf(trx);
  const given = selectRows(dialect, { ...COLUMNS, ...READ }, rows);
  // In the order of their keys, so that two that write the same rows never wait for each other.
  const order = dialect === 'postgres' ? sql`order by seq` : sql``;
  await trx
    .insertInto('trending')
    .columns(names)
    .expression(sql`select ${sql.join(names.map((name) => sql.ref(name)))} from (${given}) as given
      where ${isCurrent(sql`given.seq`, sql`given."changeNo"`)} ${order}`)
    .onConflict((conflict) =>
      conflict
        .column('seq')
        .doUpdateSet(Object.fromEntries(updated.map((name) => [name, sql.ref(`excluded.${name}`)])))
        .where(sql<boolean>`excluded.signals_at >= trending.signals_at and (${sql.join(differs, sql` or `)})`),
    )
    .execute();
}

/** By `papers.seq`; papers that stand nowhere yet are left out. */
async function findStandings(db: Db, seqs: readonly number[]): Promise<Map<number, TrendingTable>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .selectFrom('trending')
    .select(columnNames(COLUMNS))
    .where(inNumbers(dialectOf(db), 'seq', seqs))
    .execute();
  return new Map(rows.map((row) => [row.seq, row]));
}

/** Takes papers out of the lists: hidden ones, unless they were changed after they were read. */
export async function forgetStandings(db: Db, papers: readonly Read[]): Promise<void> {
  if (papers.length === 0) return;
  await whilePapersHold(db, async (trx) => {
    const given = selectRows(dialectOf(trx), READ, papers);
    await sql`delete from trending where seq in (
      select given.seq from (${given}) as given where ${isCurrent(sql`given.seq`, sql`given."changeNo"`)})`.execute(
      trx,
    );
  });
}

/**
 * Nobody changes a paper between the look at its number and the end of the transaction. PostgreSQL is not waited for until
 * that is on the disk: what a crash takes away is due again, and a watermark on the disk has all before it there as well.
 */
async function whilePapersHold(db: Db, write: (trx: Trx) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await holdPapers(trx);
    if (dialectOf(trx) === 'postgres') await sql`set local synchronous_commit = off`.execute(trx);
    await write(trx);
  });
}

/** Asks the index of change numbers, which is small, not the papers. */
function isCurrent(seq: RawBuilder<unknown>, changeNo: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from papers where papers.change_no = ${changeNo} and papers.seq = ${seq})`;
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
