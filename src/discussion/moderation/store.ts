/** SQL on reports and on the log of what moderators did. */

import { sql } from 'kysely';
import type { RawBuilder, Selectable } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import type { ModerationAction, ModerationLogTable, ReportTable, TargetKind } from '../table.ts';

export interface Target {
  kind: TargetKind;
  id: string;
}

/** PostgreSQL advisory lock. Any fixed number does. */
const LOCK_KEY = 7_146_013;

/** Until the transaction ends nobody else reports anything: who finds nothing waiting is the first. */
export async function lockReports(trx: Trx): Promise<void> {
  if (dialectOf(trx) === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK_KEY)})`.execute(trx);
}

export type NewReport = Omit<ReportTable, 'settled_at' | 'log_number' | 'told_at'>;

/**
 * `changed` where one of the same person on the same thing waits still: it says this now, and keeps its place. A new one is
 * later than their last one on it, whatever the clock says: the instant tells them apart. Hold `lockReports`.
 */
export async function saveReport(trx: Trx, report: NewReport): Promise<'new' | 'changed'> {
  const { kind, target_id, user_id, reason, reported_at } = report;
  const changed = await trx
    .updateTable('reports')
    .set({ reason })
    .where((e) => e.and({ kind, target_id, user_id }))
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (changed.numUpdatedRows > 0n) return 'changed';
  const { last } = await trx
    .selectFrom('reports')
    .select((e) => e.fn.max<number | null>('reported_at').as('last'))
    .where((e) => e.and({ kind, target_id, user_id }))
    .executeTakeFirstOrThrow();
  const row = { ...report, reported_at: Math.max(reported_at, (last ?? 0) + 1) };
  await trx
    .insertInto('reports')
    .values({ ...row, settled_at: null, log_number: null, told_at: null })
    .execute();
  return 'new';
}

/** The last report on a thing: of one person, and of those that nobody has decided on, as asked. */
export async function findReport(
  db: Db,
  { kind, id }: Target,
  { by, open = false }: { by?: string; open?: boolean },
): Promise<ReportTable | undefined> {
  let query = db.selectFrom('reports').selectAll().where('kind', '=', kind).where('target_id', '=', id);
  if (by !== undefined) query = query.where('user_id', '=', by);
  if (open) query = query.where('settled_at', 'is', null);
  return await query.orderBy('reported_at', 'desc').limit(1).executeTakeFirst();
}

/** How many wait, in SQL: counted along with other questions. */
export const OPEN_REPORTS: RawBuilder<number> = sql<number>`(select count(*) from reports where settled_at is null)`;

/** Whether reports wait, none of which moderators were told of since; `onlyBy`: who made all of them, if it is one person. */
export async function findUntold(db: Db, since: number): Promise<{ onlyBy: string | undefined } | undefined> {
  const { told, first, last } = await db
    .selectFrom('reports')
    .select((e) => [
      e.fn.max<number | null>('told_at').as('told'),
      e.fn.min<string | null>('user_id').as('first'),
      e.fn.max<string | null>('user_id').as('last'),
    ])
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (first === null || (told !== null && told > since)) return undefined;
  return { onlyBy: first === last ? first : undefined };
}

export async function markTold(trx: Trx, now: number): Promise<void> {
  await trx.updateTable('reports').set({ told_at: now }).where('settled_at', 'is', null).execute();
}

export interface Waiting {
  count: number;
  /** When the oldest was reported, epoch milliseconds; null where none waits. */
  since: number | null;
}

export async function countOpenReports(db: Db): Promise<Waiting> {
  return await db
    .selectFrom('reports')
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.min<number | null>('reported_at').as('since')])
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
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
  /** The name of who decided; null while nobody has, and where the account is gone. */
  settledBy: string | null;
}

/** On one thing: those that nobody has decided on first, each part newest first. */
export async function listReportsOn(db: Db, { kind, id }: Target, limit: number): Promise<GivenReport[]> {
  return await db
    .selectFrom('reports')
    .leftJoin('users', 'users.id', 'reports.user_id')
    .selectAll('reports')
    .select(['users.name', 'users.deleted_at as deletedAt'])
    .select(
      sql<string | null>`(select users.name from moderation_log
        join users on users.id = moderation_log.moderator_id and users.deleted_at is null
        where moderation_log.number = reports.log_number)`.as('settledBy'),
    )
    .where('kind', '=', kind)
    .where('target_id', '=', id)
    .orderBy((e) => e.case().when('settled_at', 'is', null).then(0).else(1).end())
    .orderBy('reported_at', 'desc')
    .orderBy('user_id')
    .limit(limit)
    .execute();
}

/** Whatever is decided on a thing answers all reports on it. */
export async function settleReports(trx: Trx, { kind, id }: Target, now: number, logNumber: number): Promise<void> {
  await trx
    .updateTable('reports')
    .set({ settled_at: now, log_number: logNumber })
    .where('kind', '=', kind)
    .where('target_id', '=', id)
    .where('settled_at', 'is', null)
    .execute();
}

export type LogEntry = Selectable<ModerationLogTable>;

/** Returns its number. */
export async function appendLog(trx: Trx, entry: Omit<LogEntry, 'number' | 'is_told'>): Promise<number> {
  const row = { ...entry, is_told: 1 };
  return (await trx.insertInto('moderation_log').values(row).returning('number').executeTakeFirstOrThrow()).number;
}

/** The last time that this was decided on a thing; without `action`, that anything was which answers its reports. */
export async function findLastDeed(
  db: Db,
  { kind, id }: Target,
  action?: ModerationAction,
): Promise<LogEntry | undefined> {
  let query = db.selectFrom('moderation_log').selectAll().orderBy('number', 'desc').limit(1);
  if (action === undefined)
    query = query.where((e) =>
      e.or([e.and([e('kind', '=', kind), e('target_id', '=', id)]), e('comment_id', '=', id)]),
    );
  else query = query.where('kind', '=', kind).where('target_id', '=', id).where('action', '=', action);
  return await query.executeTakeFirst();
}

/** Why this was decided on a thing the last time, if others may read it. */
export async function findReasonToldOf(db: Db, target: Target, action: ModerationAction): Promise<string | undefined> {
  const deed = await findLastDeed(db, target, action);
  return deed?.is_told === 1 ? deed.reason : undefined;
}

/** Why something was decided on a thing the last time, in SQL, if others may read it; `id` is a column. */
export function reasonOf(
  kind: TargetKind,
  id: RawBuilder<string>,
  action: ModerationAction,
): RawBuilder<string | null> {
  return sql<string | null>`(select reason from moderation_log where moderation_log.kind = ${kind}
    and moderation_log.target_id = ${id} and moderation_log.action = ${action} and moderation_log.is_told = 1
    order by number desc limit 1)`;
}

export interface LoggedDecision extends LogEntry {
  /** Who wrote the comment, where it is about one. */
  author_id: string | null;
  /** Of the paper, as given, where it is about one or about a comment on it. */
  title: string | null;
}

/** Newest first, below the number `before`. One query. */
export async function listLog(db: Db, limit: number, before?: number): Promise<LoggedDecision[]> {
  let query = db
    .selectFrom('moderation_log')
    .leftJoin('comments', (join) =>
      join.onRef('comments.id', '=', 'moderation_log.target_id').on('moderation_log.kind', '=', 'comment'),
    )
    .leftJoin('papers', 'papers.id', 'moderation_log.paper_id')
    .selectAll('moderation_log')
    .select(['comments.user_id as author_id', 'papers.title'])
    .orderBy('number', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('number', '<', before);
  return await query.execute();
}

/** Why these accounts were banned the last time; an account that was deleted says so no more. One query. */
export async function listBanReasons(db: Db, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('moderation_log')
    .select(['target_id', 'reason'])
    .where(inList(dialectOf(db), 'moderation_log.target_id', [...userIds]))
    .where('kind', '=', 'account')
    .where('action', '=', 'ban')
    .orderBy('number')
    .execute();
  return new Map(rows.map(({ target_id, reason }) => [target_id, reason]));
}
