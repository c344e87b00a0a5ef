/** To whom claimed mails go, as things stand now: whoever has ended, paused or been suppressed meanwhile gets none. */

import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Rhythm } from '#subscriptions/next-due.ts';
import type { SubscriptionKind } from '#subscriptions/table.ts';
import { readTopics } from '#subscriptions/topics.ts';
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
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .leftJoin('suppressed_addresses', 'suppressed_addresses.email', 'subscribers.email')
    .selectAll('subscriptions')
    .select(['subscribers.email', 'subscribers.link_key', 'subscribers.time_zone'])
    .where(inList(dialectOf(db), 'subscriptions.id', subscriptionIds))
    .where('subscriptions.ended_at', 'is', null)
    .where('subscribers.ended_at', 'is', null)
    .where('subscribers.confirmed_at', 'is not', null)
    .where('suppressed_addresses.email', 'is', null)
    .where((e) => e.or([e('subscribers.paused_until', 'is', null), e('subscribers.paused_until', '<=', now)]))
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        subscriptionId: row.id,
        subscriberId: row.subscriber_id,
        email: row.email,
        linkKey: row.link_key,
        kind: row.kind,
        topics: readTopics(row.topics),
        evenIfEmpty: row.even_if_empty === 1,
        frequency: row.frequency,
        weekday: row.weekday,
        hour: row.hour,
        timeZone: row.time_zone,
      },
    ]),
  );
}
