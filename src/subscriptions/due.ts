/** Whose mail is due, for whoever composes and sends it. */

import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Db } from '#schema.ts';
import { requireRhythm } from './next-due.ts';
import type { Rhythm } from './next-due.ts';
import { readTopics } from './topics.ts';
import type { Topic } from './topics.ts';
import type { Frequency, SubscriptionKind } from './table.ts';

/** A subscription whose mail is due, with all that is needed to compose it and to move it on. */
export interface DueSubscription extends Rhythm {
  id: string;
  /** When it is due, epoch ms. */
  nextAt: number;
  subscriber: DueSubscriber;
  kind: SubscriptionKind;
  /** An alert has exactly one, a search. */
  topics: Topic[];
  /** Papers in one mail at most, 1 to 50. */
  most: number;
  repeats: boolean;
  evenIfEmpty: boolean;
  createdAt: number;
}

export interface DueSubscriber {
  id: string;
  email: string;
  /** For the links in the mail. */
  linkKey: string;
}

/** A row that says what no subscription can, which only a hand or a disk can have done. It holds up no other. */
export interface Unreadable {
  id: string;
  nextAt: number;
  error: Error;
}

export interface Found {
  due: DueSubscription[];
  unreadable: Unreadable[];
}

/**
 * Those that are due at `now` (epoch ms), the longest due first; one range of an index. Only subscriptions that are
 * wanted are ever due: unconfirmed, ended and suppressed ones have no instant, and a pause moves it to its end.
 * Call `moveOn` for each in the transaction that writes its mail down, then ask again for the next ones.
 */
export async function findDue(db: Db, now: number, limit: number): Promise<Found> {
  const rows = await selectDue(db)
    .where('subscriptions.next_at', '<=', now)
    .orderBy('subscriptions.next_at')
    .orderBy('subscriptions.id')
    .limit(limit)
    .execute();
  return read(rows);
}

function read(rows: readonly DueRow[]): Found {
  const found: Found = { due: [], unreadable: [] };
  for (const row of rows) {
    const due = readDue(row);
    if (due instanceof Error) found.unreadable.push({ id: row.id, nextAt: row.next_at ?? 0, error: due });
    else found.due.push(due);
  }
  return found;
}

/** How many are due at `now`, for the operator. */
export async function countDue(db: Db, now: number): Promise<number> {
  const row = await db
    .selectFrom('subscriptions')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('next_at', '<=', now)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function selectDue(db: Db) {
  return selectAll(db).where('subscriptions.next_at', 'is not', null);
}

function selectAll(db: Db) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .selectAll('subscriptions')
    .select(['subscribers.email', 'subscribers.link_key', 'subscribers.time_zone']);
}

type DueRow = Awaited<ReturnType<ReturnType<typeof selectAll>['execute']>>[number];

function readDue(row: DueRow): DueSubscription | Error {
  try {
    const due = toDue(row);
    requireRhythm(due);
    return due;
  } catch (error) {
    return error as Error;
  }
}

function toDue(row: DueRow): DueSubscription {
  return {
    id: row.id,
    nextAt: row.next_at ?? 0,
    subscriber: { id: row.subscriber_id, email: row.email, linkKey: row.link_key },
    kind: row.kind,
    topics: readTopics(row.topics),
    frequency: row.frequency,
    weekday: row.weekday,
    hour: row.hour,
    timeZone: row.time_zone,
    most: row.most,
    repeats: row.repeats === 1,
    evenIfEmpty: row.even_if_empty === 1,
    createdAt: row.created_at,
  };
}

/**
 * Sets when the next mail is due: `nextDue(due, now)`, reckoned from now, so that after days of sleep the newest comes
 * and no heap of old ones. False if it is no longer due as it was found, because another process was faster or the
 * reader ended or changed it: write no mail then. `db` may be a transaction.
 */
export async function moveOn(db: Db, due: Pick<DueSubscription, 'id' | 'nextAt'>, nextAt: number): Promise<boolean> {
  const moved = await db
    .updateTable('subscriptions')
    .set({ next_at: nextAt })
    .where('id', '=', due.id)
    .where('next_at', '=', due.nextAt)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

/**
 * Of these subscriptions (by id) the ones that mail may still be sent to, by id: a mail that waited for its server must
 * not come after its reader has ended, paused or been suppressed. What forbids it is asked itself, and not whether
 * something is due: nothing is sent on the strength of an instant that somebody forgot to clear. An error in the place of
 * one that cannot be read. One query.
 */
export async function findWanted(
  db: Db,
  ids: readonly string[],
  now: number,
): Promise<Map<string, DueSubscription | Error>> {
  if (ids.length === 0) return new Map();
  const rows = await selectAll(db)
    .leftJoin('suppressed_addresses', 'suppressed_addresses.email', 'subscribers.email')
    .where(inList(dialectOf(db), 'subscriptions.id', ids))
    .where('subscriptions.ended_at', 'is', null)
    .where('subscribers.ended_at', 'is', null)
    .where('subscribers.confirmed_at', 'is not', null)
    .where('suppressed_addresses.email', 'is', null)
    .where((e) => e.or([e('subscribers.paused_until', 'is', null), e('subscribers.paused_until', '<=', now)]))
    .execute();
  return new Map(rows.map((row) => [row.id, readDue(row)]));
}

/**
 * Subscriptions that mail goes to and that do not pause at `now`, by id, up to `limit` of those after the id `after`: of one
 * address (in lower case), of one frequency, or only what is due. `last`: the id to go on after, if there may be more.
 */
export async function listMailed(
  db: Db,
  asked: { email?: string | undefined; frequency?: Frequency | undefined; isDueOnly: boolean; after: string },
  now: number,
  limit: number,
): Promise<Found & { last: string | undefined }> {
  const { email, frequency, isDueOnly, after } = asked;
  let query = selectDue(db)
    .where((e) => e.or([e('subscribers.paused_until', 'is', null), e('subscribers.paused_until', '<=', now)]))
    .where('subscriptions.id', '>', after)
    .orderBy('subscriptions.id')
    .limit(limit);
  if (email !== undefined) query = query.where('subscribers.email', '=', email);
  if (frequency !== undefined) query = query.where('subscriptions.frequency', '=', frequency);
  if (isDueOnly) query = query.where('subscriptions.next_at', '<=', now);
  const rows = await query.execute();
  return { ...read(rows), last: rows.at(-1)?.id };
}

/** Whether anything is mailed to an address, a pause aside. `email` in lower case. */
export async function isMailed(db: Db, email: string): Promise<boolean> {
  return (await selectDue(db).where('subscribers.email', '=', email).limit(1).executeTakeFirst()) !== undefined;
}
