/** This folder's part of what somebody gets who asks for all that is kept of them. Secrets are named, not given. */

import { readable } from '#platform/readable.ts';
import type { Meanings } from '#platform/readable.ts';
import type { Db } from '#schema.ts';

const MEANINGS: Meanings = {
  flags: ['repeats', 'even_if_empty', 'everything'],
  nested: ['topics', 'asked'],
};

/** Of the subscriber at an address, in lower case; undefined if there is none. */
export async function subscriberData(db: Db, email: string): Promise<unknown> {
  const subscriber = await db
    .selectFrom('subscribers')
    .select(['id', 'email', 'time_zone', 'created_at', 'confirmed_at', 'confirmed_from', 'paused_until', 'ended_at'])
    .where('email', '=', email)
    .executeTakeFirst();
  const suppression = await db
    .selectFrom('suppressed_addresses')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirst();
  if (subscriber === undefined) return suppression && readable({ suppression });
  const { id, ...facts } = subscriber;
  const lists = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber_id', '=', id)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const requests = await db
    .selectFrom('subscription_requests')
    .select(['asked', 'asked_at', 'expires_at', 'used_at'])
    .where('subscriber_id', '=', id)
    .orderBy('asked_at')
    .execute();
  return readable({ subscriber: facts, suppression, lists, requests }, MEANINGS);
}

export async function ownSubscriptionData(db: Db, userId: string): Promise<unknown> {
  const user = await db.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirst();
  return user?.email ? await subscriberData(db, user.email) : undefined;
}
