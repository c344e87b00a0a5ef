/** SQL on subscribers and their lists. */

import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Db } from '#schema.ts';
import type { ListSettings } from './list.ts';
import { readTopics } from './topics.ts';
import type { SubscriberTable, SubscriptionTable } from './table.ts';

export interface Subscriber {
  id: string;
  email: string;
  timeZone: string;
  linkKey: string;
  createdAt: number;
  /** Null until they said yes. */
  confirmedAt: number | null;
  pausedUntil: number | null;
  endedAt: number | null;
}

export interface List extends ListSettings {
  id: string;
  subscriberId: string;
  createdAt: number;
  endedAt: number | null;
  /** Null while nothing is to be sent. */
  nextAt: number | null;
}

/** 16 letters of base64url: short in links, and not to be guessed. */
export function makeId(): string {
  return randomBytes(12).toString('base64url');
}

/** `email` in lower case. */
export async function findSubscriberByEmail(db: Db, email: string): Promise<Subscriber | undefined> {
  const row = await db.selectFrom('subscribers').selectAll().where('email', '=', email).executeTakeFirst();
  return row && toSubscriber(row);
}

export async function findSubscriber(db: Db, id: string): Promise<Subscriber | undefined> {
  const row = await db.selectFrom('subscribers').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toSubscriber(row);
}

/** The subscriber with this address, made if there is none; two who come at once get the same. */
export async function ensureSubscriber(db: Db, email: string, timeZone: string, now: number): Promise<Subscriber> {
  const row = {
    id: makeId(),
    email,
    time_zone: timeZone,
    link_key: makeId(),
    created_at: now,
    confirmed_at: null,
    confirmed_from: null,
    paused_until: null,
    ended_at: null,
  };
  await db
    .insertInto('subscribers')
    .values(row)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
  return (await findSubscriberByEmail(db, email)) ?? toSubscriber(row);
}

/** Those that have not ended, the oldest first. */
export async function listLists(db: Db, subscriberId: string): Promise<List[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber_id', '=', subscriberId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toList);
}

/** Ended ones as well. */
export async function findList(db: Db, id: string): Promise<List | undefined> {
  const row = await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toList(row);
}

/** When it is due is set by `reschedule`. */
export async function insertList(db: Db, subscriberId: string, list: ListSettings, now: number): Promise<string> {
  const id = makeId();
  const row = { id, subscriber_id: subscriberId, ...toRow(list), created_at: now, ended_at: null, next_at: null };
  await db.insertInto('subscriptions').values(row).execute();
  return id;
}

/** False if the subscriber has no such list that goes on. */
export async function updateList(db: Db, subscriberId: string, id: string, list: ListSettings): Promise<boolean> {
  const updated = await db
    .updateTable('subscriptions')
    .set(toRow(list))
    .where('id', '=', id)
    .where('subscriber_id', '=', subscriberId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

function toRow(list: ListSettings) {
  return {
    kind: list.kind,
    topics: JSON.stringify(list.topics),
    frequency: list.frequency,
    weekday: list.weekday,
    hour: list.hour,
    most: list.most,
    repeats: list.repeats ? 1 : 0,
    even_if_empty: list.evenIfEmpty ? 1 : 0,
  };
}

function toList(row: Selectable<SubscriptionTable>): List {
  return {
    id: row.id,
    subscriberId: row.subscriber_id,
    kind: row.kind,
    topics: readTopics(row.topics),
    frequency: row.frequency,
    weekday: row.weekday,
    hour: row.hour,
    most: row.most,
    repeats: row.repeats === 1,
    evenIfEmpty: row.even_if_empty === 1,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    nextAt: row.next_at,
  };
}

function toSubscriber(row: Selectable<SubscriberTable>): Subscriber {
  return {
    id: row.id,
    email: row.email,
    timeZone: row.time_zone,
    linkKey: row.link_key,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
    pausedUntil: row.paused_until,
    endedAt: row.ended_at,
  };
}
