/** How many subscribers there are, for the operator. */

import type { Db } from '#schema.ts';

export interface SubscriberCounts {
  /** Who get mail: confirmed, not ended, not paused, not suppressed. */
  active: number;
  /** Who have not pressed the button yet. */
  unconfirmed: number;
  paused: number;
  /** Addresses that nothing is sent to, subscribers or not. */
  suppressed: number;
}

/** One query over all subscribers: for a command, not for a page. */
export async function countSubscribers(db: Db, now: number): Promise<SubscriberCounts> {
  const suppressed = await db
    .selectFrom('suppressed_addresses')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  const subscribers = await db
    .selectFrom('subscribers')
    .leftJoin('suppressed_addresses', 'suppressed_addresses.email', 'subscribers.email')
    .select((e) => [
      e.fn.count<number>('id').filterWhere('confirmed_at', 'is', null).as('unconfirmed'),
      e.fn
        .count<number>('id')
        .filterWhere('confirmed_at', 'is not', null)
        .filterWhere('paused_until', '>', now)
        .as('paused'),
      e.fn.count<number>('id').filterWhere('confirmed_at', 'is not', null).as('confirmed'),
    ])
    .where('ended_at', 'is', null)
    .where('suppressed_at', 'is', null)
    .executeTakeFirst();
  const [confirmed, paused] = [Number(subscribers?.confirmed ?? 0), Number(subscribers?.paused ?? 0)];
  return {
    active: confirmed - paused,
    unconfirmed: Number(subscribers?.unconfirmed ?? 0),
    paused,
    suppressed: Number(suppressed?.count ?? 0),
  };
}
