/** What becomes of subscriptions when an account gets another mail address. */

import type { Trx } from '#schema.ts';
import { isSameList } from './list.ts';
import { reschedule } from './reschedule.ts';
import { findSubscriberByEmail, listLists } from './store.ts';
import type { Subscriber } from './store.ts';

/**
 * What came to the old address comes to the new one, besides what came there already; each list once. Where nothing
 * came, nothing begins to.
 */
export async function moveSubscriber(trx: Trx, from: string, to: string, now: number): Promise<void> {
  const subscriber = await findSubscriberByEmail(trx, from);
  if (subscriber === undefined) return;
  if (!isActive(subscriber)) return await forgetAddress(trx, from);
  const other = await findSubscriberByEmail(trx, to);
  if (other !== undefined) {
    const kept = await listLists(trx, subscriber.id);
    const added = isActive(other) ? await listLists(trx, other.id) : [];
    for (const list of added.filter((one) => !kept.some((same) => isSameList(one, same))))
      await trx.updateTable('subscriptions').set({ subscriber_id: subscriber.id }).where('id', '=', list.id).execute();
    await trx.deleteFrom('subscribers').where('id', '=', other.id).execute();
  }
  await trx.deleteFrom('subscription_mails').where('email', '=', from).execute();
  await trx.updateTable('subscribers').set({ email: to }).where('id', '=', subscriber.id).execute();
  await reschedule(trx, subscriber.id, now);
}

function isActive({ confirmedAt, endedAt }: Subscriber): boolean {
  return confirmedAt !== null && endedAt === null;
}

/** Everything that is kept of a subscriber goes with their account. */
export async function forgetAddress(trx: Trx, email: string): Promise<void> {
  await trx.deleteFrom('subscription_mails').where('email', '=', email).execute();
  await trx.deleteFrom('subscribers').where('email', '=', email).execute();
}
