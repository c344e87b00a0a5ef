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

/** By subscription; only those that are wanted. One query. */
export async function findRecipients(
  db: Db,
  subscriptionIds: readonly string[],
  now: number,
): Promise<Map<string, Recipient>> {
  const wanted = await findWanted(db, subscriptionIds, now);
  return new Map(
    [...wanted].map(([subscriptionId, { subscriber, ...list }]) => {
      const { id: subscriberId, email, linkKey } = subscriber;
      return [subscriptionId, { ...list, subscriptionId, subscriberId, email, linkKey }];
    }),
  );
}
