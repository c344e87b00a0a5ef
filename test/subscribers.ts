/** Subscribers for tests: confirmed, and due when the test says so. */

import { randomBytes } from 'node:crypto';
import { nextDue } from '#subscriptions/next-due.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { Db } from '#schema.ts';

export interface SubscriberOptions {
  email: string;
  kind?: 'digest' | 'alert';
  topics?: Topic[];
  frequency?: 'daily' | 'weekly';
  weekday?: number;
  hour?: number;
  timeZone?: string;
  most?: number;
  repeats?: boolean;
  evenIfEmpty?: boolean;
  /** Epoch ms: the first mail is due after it. */
  now: number;
  /** Another list of somebody who is there already. */
  subscriberId?: string;
}

export interface Added {
  subscriberId: string;
  subscriptionId: string;
}

export async function addSubscriber(db: Db, options: SubscriberOptions): Promise<Added> {
  const { email, now, timeZone = 'UTC', frequency = 'daily', weekday = 1, hour = 7 } = options;
  const subscriberId = options.subscriberId ?? makeId();
  const subscriptionId = makeId();
  if (options.subscriberId === undefined) {
    await db
      .insertInto('subscribers')
      .values({
        ...{ id: subscriberId, email, time_zone: timeZone, link_key: makeId(), created_at: now },
        ...{ confirmed_at: now, confirmed_from: null, paused_until: null, ended_at: null },
      })
      .execute();
  }
  await db
    .insertInto('subscriptions')
    .values({
      ...{ id: subscriptionId, subscriber_id: subscriberId, kind: options.kind ?? 'digest', frequency, weekday, hour },
      topics: JSON.stringify(options.topics ?? [{ kind: 'everything' }]),
      most: options.most ?? 10,
      repeats: options.repeats === true ? 1 : 0,
      even_if_empty: options.evenIfEmpty === true ? 1 : 0,
      created_at: now,
      ended_at: null,
      next_at: nextDue({ frequency, weekday, hour, timeZone }, now),
    })
    .execute();
  return { subscriberId, subscriptionId };
}

function makeId(): string {
  return randomBytes(12).toString('base64url');
}
