/** SQL on reports and on the log of what moderators did. */

import type { Selectable } from 'kysely';
import type { Db, Trx } from '#schema.ts';
import type { ModerationLogTable, ReportTable, TargetKind } from '../table.ts';

export interface Target {
  kind: TargetKind;
  id: string;
}

/** The newest report of the same person on the same thing counts. */
export async function saveReport(trx: Trx, report: ReportTable): Promise<void> {
  const { reason, reported_at, settled_at } = report;
  await trx
    .insertInto('reports')
    .values(report)
    .onConflict((c) => c.columns(['kind', 'target_id', 'user_id']).doUpdateSet({ reason, reported_at, settled_at }))
    .execute();
}

/** Those that nobody has decided on, oldest first. */
export async function listOpenReports(db: Db, limit: number): Promise<ReportTable[]> {
  return await db
    .selectFrom('reports')
    .selectAll()
    .where('settled_at', 'is', null)
    .orderBy('reported_at')
    .orderBy('target_id')
    .limit(limit)
    .execute();
}

export interface GivenReport extends ReportTable {
  /** Of whoever reported it. */
  name: string | null;
  deletedAt: number | null;
}

/** On one thing: those that nobody has decided on first, each part newest first. */
export async function listReportsOn(db: Db, { kind, id }: Target, limit: number): Promise<GivenReport[]> {
  return await db
    .selectFrom('reports')
    .leftJoin('users', 'users.id', 'reports.user_id')
    .selectAll('reports')
    .select(['users.name', 'users.deleted_at as deletedAt'])
    .where('kind', '=', kind)
    .where('target_id', '=', id)
    .orderBy((e) => e.case().when('settled_at', 'is', null).then(0).else(1).end())
    .orderBy('reported_at', 'desc')
    .orderBy('user_id')
    .limit(limit)
    .execute();
}

/** Any of those on it that nobody has decided on. */
export async function findOpenReport(trx: Trx, { kind, id }: Target): Promise<ReportTable | undefined> {
  return await trx
    .selectFrom('reports')
    .selectAll()
    .where('kind', '=', kind)
    .where('target_id', '=', id)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
}

/** Whatever is decided on a thing answers all reports on it. */
export async function settleReports(trx: Trx, { kind, id }: Target, now: number): Promise<void> {
  await trx
    .updateTable('reports')
    .set({ settled_at: now })
    .where('kind', '=', kind)
    .where('target_id', '=', id)
    .where('settled_at', 'is', null)
    .execute();
}

export async function appendLog(trx: Trx, entry: Omit<Selectable<ModerationLogTable>, 'number'>): Promise<void> {
  await trx.insertInto('moderation_log').values(entry).execute();
}

/** Newest first, below the number `before`. */
export async function listLog(db: Db, limit: number, before?: number): Promise<Selectable<ModerationLogTable>[]> {
  let query = db.selectFrom('moderation_log').selectAll().orderBy('number', 'desc').limit(limit);
  if (before !== undefined) query = query.where('number', '<', before);
  return await query.execute();
}
