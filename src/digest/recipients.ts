/** To whom claimed mails go, as things stand now: whoever has ended, paused or been suppressed meanwhile gets none. */

import { findWanted } from '#subscriptions/due.ts';
import type { Rhythm } from '#subscriptions/next-due.ts';
import type { SubscriptionKind } from '#subscriptions/table.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { Db } from '#schema.ts';

export interface Recipient extends Rhythm {
  subscriptionId: string;
  subscriberId: string;
  email: string;
  linkKey: string;
  kind: SubscriptionKind;
  topics: Topic[];
  evenIfEmpty: boolean;
}

/** By subscription; only those that are wanted, an error for one whose row cannot be read. One query. */
export async function findRecipients(
  db: Db,
  subscriptionIds: readonly string[],
  now: number,
): Promise<Map<string, Recipient | Error>> {
  const wanted = await findWanted(db, subscriptionIds, now);
  return new Map(
    [...wanted].map(([subscriptionId, due]): [string, Recipient | Error] => {
      if (due instanceof Error) return [subscriptionId, due];
      const { subscriber, ...list } = due;
      const { id: subscriberId, email, linkKey } = subscriber;
      return [subscriptionId, { ...list, subscriptionId, subscriberId, email, linkKey }];
    }),
  );
}
