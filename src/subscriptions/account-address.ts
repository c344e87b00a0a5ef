/** What becomes of subscriptions when an account gets another mail address. */

import type { Trx } from '#schema.ts';
import { isSameList } from './list.ts';
import { reschedule } from './reschedule.ts';
import { findSubscriberByEmail, listLists, makeId } from './store.ts';
import type { Subscriber } from './store.ts';
import type { Consent } from './subscribe.ts';

export interface Move {
  from: string;
  to: string;
  /** Whoever moves has opened a link that was mailed to the new address. */
  consent: Consent;
  /** Hands over what was written to one subscriber, by id, before that one is deleted. Other folders keep it. */
  moveMails: MoveMails;
}

export type MoveMails = (trx: Trx, subscribers: { from: string; to: string }) => Promise<void>;

/**
 * What came to the old address comes to the new one, besides what came there already; each list once, and what was
 * written to either is remembered. Where nothing came, nothing begins to. Links in mails of before, to either address,
 * let nobody in any more: the old mailbox may be another's by now.
 */
export async function moveSubscriber(trx: Trx, { from, to, consent, moveMails }: Move): Promise<void> {
  const { now } = consent;
  const subscriber = await findSubscriberByEmail(trx, from);
  if (subscriber === undefined) return;
  if (!isActive(subscriber)) return await forgetAddress(trx, from);
  const other = await findSubscriberByEmail(trx, to);
  if (other !== undefined) {
    if (isActive(other)) await takeOver(trx, subscriber.id, other.id, now);
    await moveMails(trx, { from: other.id, to: subscriber.id });
    await trx.deleteFrom('subscribers').where('id', '=', other.id).execute();
  }
  await trx.deleteFrom('subscription_mails').where('email', '=', from).execute();
  await trx.deleteFrom('subscription_requests').where('subscriber_id', '=', subscriber.id).execute();
  await trx
    .updateTable('subscribers')
    .set({ email: to, link_key: makeId(), confirmed_at: now, confirmed_from: consent.from ?? null })
    .where('id', '=', subscriber.id)
    .execute();
  await reschedule(trx, subscriber.id, now);
}

/** A list that is there already ends: mails are kept with the list that they are of. */
async function takeOver(trx: Trx, id: string, otherId: string, now: number): Promise<void> {
  const kept = await listLists(trx, id);
  for (const list of await listLists(trx, otherId))
    if (kept.some((same) => isSameList(list, same)))
      await trx.updateTable('subscriptions').set({ ended_at: now, next_at: null }).where('id', '=', list.id).execute();
  await trx.updateTable('subscriptions').set({ subscriber_id: id }).where('subscriber_id', '=', otherId).execute();
}

function isActive({ confirmedAt, endedAt }: Subscriber): boolean {
  return confirmedAt !== null && endedAt === null;
}

/** Everything that is kept of a subscriber goes with their account. */
export async function forgetAddress(trx: Trx, email: string): Promise<void> {
  await trx.deleteFrom('subscription_mails').where('email', '=', email).execute();
  await trx.deleteFrom('subscribers').where('email', '=', email).execute();
}
