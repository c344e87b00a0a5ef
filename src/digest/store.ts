/** SQL on the outbox. */

import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { columnNames, selectRows } from '#platform/db/rows.ts';
import type { Columns } from '#platform/db/rows.ts';
import type { Db, Trx } from '#schema.ts';
import type { DigestMailTable, MailState } from './table.ts';

export type DigestMail = Selectable<DigestMailTable>;

const COLUMNS: Columns<Selectable<DigestMailTable>> = {
  id: 'text',
  subscription_id: 'text',
  subscriber_id: 'text',
  edition: 'text',
  state: 'text',
  papers: 'text',
  created_at: 'bigint',
  due_at: 'bigint',
  attempts: 'bigint',
  unanswered: 'bigint',
  last_error: 'text',
  sent_at: 'bigint',
};

/** PostgreSQL advisory lock: mails are written down by one process at a time. Any fixed number does. */
const WRITER_LOCK = 7_146_011;

/** On SQLite the transaction itself is that lock. Must be a statement before those that look at what is written. */
export async function lockOutbox(trx: Trx): Promise<void> {
  if (dialectOf(trx) === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(WRITER_LOCK)})`.execute(trx);
}

export type EarlierMail = Pick<
  DigestMail,
  'subscription_id' | 'subscriber_id' | 'edition' | 'state' | 'papers' | 'created_at' | 'last_error'
>;

/** What these subscribers were sent, or are to be sent, since `since`, the oldest first. */
export async function listEarlier(db: Db, subscriberIds: readonly string[], since: number): Promise<EarlierMail[]> {
  if (subscriberIds.length === 0) return [];
  return await db
    .selectFrom('digest_mails')
    .select(['subscription_id', 'subscriber_id', 'edition', 'state', 'papers', 'created_at', 'last_error'])
    .where(inList(dialectOf(db), 'subscriber_id', subscriberIds))
    .where('created_at', '>', since)
    .orderBy('created_at')
    .execute();
}

/**
 * Mails of these subscriptions that still wait and are of another edition than `label`: they are not sent, unless they
 * may have arrived already. Who has just claimed one finds out before its end.
 */
export async function overtake(trx: Trx, subscriptionIds: readonly string[], label: string): Promise<void> {
  await trx
    .updateTable('digest_mails')
    .set({ state: 'skipped', due_at: null, last_error: 'a newer edition came before it could be sent' })
    .where(inList(dialectOf(trx), 'subscription_id', subscriptionIds))
    .where('due_at', 'is not', null)
    .where('unanswered', '=', 0)
    .where('edition', '<>', label)
    .execute();
}

/** Rows that are there already stay as they are: an edition is written down once for each subscription. */
export async function addMails(trx: Trx, mails: readonly DigestMail[]): Promise<void> {
  if (mails.length === 0) return;
  await trx
    .insertInto('digest_mails')
    .columns(columnNames(COLUMNS))
    .expression(selectRows(dialectOf(trx), COLUMNS, mails))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * At most `limit` of those that are due, for longest first, held for us until `heldUntil`: other processes take others,
 * and take these when that instant has passed and nobody has said what became of them. `only`: of these alone, by id.
 * One statement.
 */
export async function claimMails(
  db: Db,
  now: number,
  heldUntil: number,
  limit: number,
  only?: readonly string[],
): Promise<DigestMail[]> {
  const among = only === undefined ? sql`1 = 1` : inList(dialectOf(db), 'id', only);
  const skip = dialectOf(db) === 'postgres' ? sql`for update skip locked` : sql``;
  const { rows } = await sql<DigestMail>`
    update digest_mails set due_at = ${heldUntil} where id in (
      select id from digest_mails where due_at <= ${now} and ${among} order by due_at, id limit ${sql.lit(limit)} ${skip}
    ) returning *`.execute(db);
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Right before its end is sent: counts that end as unanswered until it is known what became of it, and holds the mail
 * for as long as that may take. Undefined where it is no longer ours to send: another process has it, or a newer edition
 * has come. Else the mail as it is held now.
 */
export async function beginEnd(db: Db, mail: DigestMail, heldUntil: number): Promise<DigestMail | undefined> {
  const unanswered = mail.unanswered + 1;
  const begun = await db
    .updateTable('digest_mails')
    .set({ due_at: heldUntil, unanswered })
    .where('id', '=', mail.id)
    .where('due_at', '=', mail.due_at)
    .executeTakeFirst();
  return begun.numUpdatedRows > 0n ? { ...mail, due_at: heldUntil, unanswered } : undefined;
}

/** Changes nothing where the mail is no longer ours, because we held it for too long. True if it was. */
export async function settleMail(
  db: Db,
  { id, due_at: heldUntil }: Pick<DigestMail, 'id' | 'due_at'>,
  outcome: { state: Exclude<MailState, 'waiting'>; at: number; error?: string },
): Promise<boolean> {
  const { state, at, error } = outcome;
  const settled = await db
    .updateTable('digest_mails')
    .set({ state, due_at: null, last_error: error ?? null, ...(state === 'sent' ? { sent_at: at } : {}) })
    .where('id', '=', id)
    .where('due_at', '=', heldUntil)
    .executeTakeFirst();
  return settled.numUpdatedRows > 0n;
}

/** Puts it back, to be tried (again) at `dueAt`. */
export async function postponeMail(
  db: Db,
  { id, due_at: heldUntil }: Pick<DigestMail, 'id' | 'due_at'>,
  { dueAt, ...counts }: { dueAt: number; attempts: number; unanswered: number; error: string | null },
): Promise<void> {
  const { attempts, unanswered, error } = counts;
  await db
    .updateTable('digest_mails')
    .set({ due_at: dueAt, attempts, unanswered, last_error: error })
    .where('id', '=', id)
    .where('due_at', '=', heldUntil)
    .execute();
}

/** The contents of those that wait, the longest due first: what gists are wanted for. */
export async function listWaitingContents(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('digest_mails')
    .select('papers')
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(({ papers }) => papers);
}

export interface MailCounts extends Record<MailState, number> {
  /** Of those that were skipped the ones that had nothing new to tell: no mail was held back. */
  empty: number;
}

/** By state, of those written since `since`; all that wait. */
export async function countMails(db: Db, since: number): Promise<MailCounts> {
  const counts: MailCounts = { waiting: 0, sent: 0, failed: 0, skipped: 0, empty: 0 };
  const rows = await db
    .selectFrom('digest_mails')
    .select((e) => [
      'state',
      e.fn.countAll<number>().as('count'),
      e.fn.countAll<number>().filterWhere('last_error', 'is', null).as('without_reason'),
    ])
    .where('created_at', '>', since)
    .where('state', '<>', 'waiting')
    .groupBy('state')
    .execute();
  for (const { state, count, without_reason: empty } of rows) {
    counts[state] = Number(count);
    if (state === 'skipped') counts.empty = Number(empty);
  }
  return { ...counts, waiting: (await describeWaiting(db)).waiting };
}

/** All that wait, and when the first of them is tried (again) or free again. */
export async function describeWaiting(db: Db): Promise<{ waiting: number; nextAt: number | null }> {
  const row = await db
    .selectFrom('digest_mails')
    .select((e) => [e.fn.countAll<number>().as('waiting'), e.fn.min('due_at').as('next_at')])
    .where('due_at', 'is not', null)
    .executeTakeFirst();
  const nextAt = row?.next_at ?? null;
  return { waiting: Number(row?.waiting ?? 0), nextAt: nextAt === null ? null : Number(nextAt) };
}

export async function forgetMails(db: Db, before: number): Promise<void> {
  await db.deleteFrom('digest_mails').where('created_at', '<', before).where('state', '<>', 'waiting').execute();
}
