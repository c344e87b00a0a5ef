/** SQL on the messages to hooks. One is held by its `due_at`: whoever moved it from what was read may send it. */

import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '#schema.ts';
import type { DeliveryKind } from './hook.ts';
import type { HookDeliveryTable } from './table.ts';

export type Delivery = Selectable<HookDeliveryTable>;

export interface NewDelivery {
  id: string;
  hook_id: string;
  event_id: string;
  kind: DeliveryKind;
  summary: string;
  body: string;
  created_at: number;
  give_up_at: number;
}

/** False if the hook has a message of this event already. */
export async function addDelivery(db: Db | Trx, delivery: NewDelivery): Promise<boolean> {
  const never = { attempts: 0, tried_at: null, status: null, problem: null, took: null };
  const { numInsertedOrUpdatedRows: added } = await db
    .insertInto('hook_deliveries')
    .values({ ...delivery, ...never, state: 'waiting', due_at: delivery.created_at })
    .onConflict((c) => c.columns(['hook_id', 'event_id']).doNothing())
    .executeTakeFirstOrThrow();
  return added === 1n;
}

/** Newest first. */
export async function listDeliveries(db: Db, hookId: string, limit: number): Promise<Delivery[]> {
  return await db
    .selectFrom('hook_deliveries')
    .selectAll()
    .where('hook_id', '=', hookId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function findDelivery(db: Db, hookId: string, id: string): Promise<Delivery | undefined> {
  return await db
    .selectFrom('hook_deliveries')
    .selectAll()
    .where('hook_id', '=', hookId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface Hold {
  now: number;
  until: number;
}

/** The message that is due for longest, held for us; of hooks that are on, whose owners may write, and are not `busy`. */
export async function claimDelivery(
  db: Db,
  { now, until }: Hold,
  busy: readonly string[],
): Promise<Delivery | undefined> {
  for (;;) {
    let query = db
      .selectFrom('hook_deliveries')
      .innerJoin('hooks', 'hooks.id', 'hook_deliveries.hook_id')
      .leftJoin('users', 'users.id', 'hooks.owner_id')
      .selectAll('hook_deliveries')
      .where('state', '=', sql.lit('waiting'))
      .where('due_at', '<=', now)
      .where('hooks.off_at', 'is', null)
      .where('users.banned_at', 'is', null)
      .where('users.deleted_at', 'is', null)
      .orderBy('due_at')
      .orderBy('hook_deliveries.id')
      .limit(1);
    if (busy.length > 0) query = query.where('hook_id', 'not in', busy);
    const delivery = await query.executeTakeFirst();
    if (delivery === undefined) return undefined;
    if (await holdDelivery(db, delivery, until)) return { ...delivery, due_at: until };
  }
}

/** False if somebody else was faster. */
export async function holdDelivery(
  db: Db,
  { id, due_at: dueAt, state }: Delivery,
  until: number,
  change: Partial<Pick<Delivery, 'attempts' | 'give_up_at'>> = {},
): Promise<boolean> {
  const held = await db
    .updateTable('hook_deliveries')
    .set({ ...change, due_at: until, state: 'waiting' })
    .where('id', '=', id)
    .where('state', '=', state)
    .where('due_at', '=', dueAt)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}

/** What came of a try. False if it was not ours any more, and then nothing is changed. */
export async function settleDelivery(
  trx: Trx,
  { id, due_at: heldUntil }: Delivery,
  outcome: Partial<HookDeliveryTable>,
): Promise<boolean> {
  const settled = await trx
    .updateTable('hook_deliveries')
    .set(outcome)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('due_at', '=', heldUntil)
    .executeTakeFirst();
  return settled.numUpdatedRows > 0n;
}

/**
 * Other messages to a receiver that cannot take any now wait as well, but for those that somebody may be sending by hand
 * at this moment: what is due before `heldUntil`, the end of what is held from now on, stays as it is.
 */
export async function postponeDeliveries(
  trx: Trx,
  hookId: string,
  { now, heldUntil, until }: { now: number; heldUntil: number; until: number },
): Promise<void> {
  await trx
    .updateTable('hook_deliveries')
    .set({ due_at: until })
    .where('hook_id', '=', hookId)
    .where('state', '=', 'waiting')
    .where('due_at', '<', until)
    .where((e) => e.or([e('due_at', '<=', now), e('due_at', '>', heldUntil)]))
    .execute();
}

/** What still waits for a hook that is switched off is not sent any more. */
export async function dropWaiting(trx: Trx, hookId: string, problem: string): Promise<void> {
  await trx
    .updateTable('hook_deliveries')
    .set({ state: 'failed', problem })
    .where('hook_id', '=', hookId)
    .where('state', '=', 'waiting')
    .execute();
}

export interface DeliveryCounts {
  hooks: number;
  off: number;
  waiting: number;
  delivered: number;
  failed: number;
}

/** For `status`: hooks, and what became of the messages that are still in the log. */
export async function countDeliveries(db: Db): Promise<DeliveryCounts> {
  const { rows } = await sql<DeliveryCounts>`select
    (select count(*) from hooks) as hooks,
    (select count(*) from hooks where off_at is not null) as off,
    (select count(*) from hook_deliveries where state = 'waiting') as waiting,
    (select count(*) from hook_deliveries where state = 'delivered') as delivered,
    (select count(*) from hook_deliveries where state = 'failed') as failed`.execute(db);
  return rows[0] ?? { hooks: 0, off: 0, waiting: 0, delivered: 0, failed: 0 };
}

/** Keeps of each hook the newest `keep` that are over, and none from before `before`. */
export async function forgetDeliveries(db: Db, { keep, before }: { keep: number; before: number }): Promise<void> {
  await db.deleteFrom('hook_deliveries').where('state', '<>', 'waiting').where('created_at', '<', before).execute();
  await sql`delete from hook_deliveries where id in (
    select id from (
      select id, row_number() over (partition by hook_id order by created_at desc, id desc) as place
      from hook_deliveries where state <> 'waiting'
    ) as placed where place > ${keep})`.execute(db);
}
