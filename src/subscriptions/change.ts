/** What subscribers change about what they get. Each is one transaction, and sets anew when mails are due. */

import type { Db, Trx } from '#schema.ts';
import type { ListSettings } from './list.ts';
import { isSameList } from './list.ts';
import { reschedule } from './reschedule.ts';
import { listLists, makeId, updateList } from './store.ts';

const DAY = 86_400_000;
/** Who wants to hear nothing for longer ends it. */
export const LONGEST_PAUSE_DAYS = 366;

/** False if the subscriber has no such list. One that would be the same as another of theirs takes its place. */
export async function changeList(
  db: Db,
  subscriberId: string,
  id: string,
  list: ListSettings,
  now: number,
): Promise<boolean> {
  return await changed(db, subscriberId, now, async (trx) => {
    if (!(await updateList(trx, subscriberId, id, list))) return false;
    for (const other of await listLists(trx, subscriberId))
      if (other.id !== id && isSameList(other, list)) await end(trx, other.id, now);
    return true;
  });
}

/** `timeZone` is an IANA name. */
export async function setTimeZone(db: Db, subscriberId: string, timeZone: string, now: number): Promise<void> {
  await changed(db, subscriberId, now, async (trx) => await set(trx, subscriberId, { time_zone: timeZone }));
}

/** Nothing comes for so many whole days, from now. */
export async function pause(db: Db, subscriberId: string, days: number, now: number): Promise<void> {
  const until = now + Math.min(days, LONGEST_PAUSE_DAYS) * DAY;
  await changed(db, subscriberId, now, async (trx) => await set(trx, subscriberId, { paused_until: until }));
}

export async function resume(db: Db, subscriberId: string, now: number): Promise<void> {
  await changed(db, subscriberId, now, async (trx) => await set(trx, subscriberId, { paused_until: null }));
}

/** All links that let somebody in and were mailed before end; those that end a subscription do not. */
export async function endLinks(db: Db, subscriberId: string): Promise<void> {
  await db.updateTable('subscribers').set({ link_key: makeId() }).where('id', '=', subscriberId).execute();
}

/** Again changes nothing. Who ends the last list has ended everything. */
export async function endList(db: Db, id: string, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const list = await trx.selectFrom('subscriptions').select('subscriber_id').where('id', '=', id).executeTakeFirst();
    if (list === undefined) return;
    // Of two who end the last two lists at once, the second sees that none is left.
    await takeTurn(trx, list.subscriber_id);
    await end(trx, id, now);
    const isOver = (await listLists(trx, list.subscriber_id)).length === 0;
    if (isOver) await endSubscriber(trx, list.subscriber_id, now);
  });
}

/** Again changes nothing. */
export async function endAll(db: Db, subscriberId: string, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('subscriptions')
      .set({ ended_at: now, next_at: null })
      .where('subscriber_id', '=', subscriberId)
      .where('ended_at', 'is', null)
      .execute();
    await endSubscriber(trx, subscriberId, now);
  });
}

/** Everything that is kept of a subscriber goes; what other folders keep goes with it. */
export async function forget(db: Db, subscriberId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const email = trx.selectFrom('subscribers').select('email').where('id', '=', subscriberId);
    await trx.deleteFrom('subscription_mails').where('email', 'in', email).execute();
    await trx.deleteFrom('subscribers').where('id', '=', subscriberId).execute();
  });
}

async function end(trx: Trx, id: string, now: number): Promise<void> {
  await trx
    .updateTable('subscriptions')
    .set({ ended_at: now, next_at: null })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

async function endSubscriber(trx: Trx, id: string, now: number): Promise<void> {
  await trx
    .updateTable('subscribers')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

async function set(
  trx: Trx,
  id: string,
  change: { time_zone: string } | { paused_until: number | null },
): Promise<boolean> {
  await trx.updateTable('subscribers').set(change).where('id', '=', id).execute();
  return true;
}

async function changed(db: Db, id: string, now: number, change: (trx: Trx) => Promise<boolean>): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await takeTurn(trx, id);
    const done = await change(trx);
    await reschedule(trx, id, now);
    return done;
  });
}

/** Changes of one subscriber come one after the other. */
async function takeTurn(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('subscribers')
    .set((e) => ({ link_key: e.ref('link_key') }))
    .where('id', '=', id)
    .execute();
}
