/** Somebody has said yes: what they asked for comes from now on. */

import { AppError } from '#platform/errors.ts';
import type { Db, Trx } from '#schema.ts';
import { isSameList, MOST_LISTS } from './list.ts';
import type { Asked } from './list.ts';
import { reschedule } from './reschedule.ts';
import { ensureSubscriber, findSubscriber, insertList, listLists, makeId, updateList } from './store.ts';
import type { Subscriber } from './store.ts';
import { findSuppression, lift } from './suppress.ts';

export interface Consent {
  now: number;
  /** The network it came from; undefined if that is not known. */
  from: string | undefined;
}

/**
 * For the owner of an account, whose address is known to be theirs. Throws an AppError if that is one list too many, or
 * if the operator has the address suppressed.
 */
export async function subscribe(db: Db, email: string, asked: Asked, consent: Consent): Promise<Subscriber> {
  return await db.transaction().execute(async (trx) => {
    const subscriber = await ensureSubscriber(trx, email, asked.timeZone, consent.now);
    await applyAsked(trx, subscriber, asked, consent);
    return (await findSubscriber(trx, subscriber.id)) ?? subscriber;
  });
}

/**
 * For whoever has a link from a mail, which may have been forwarded: adds to what comes, and never begins it. False, and
 * nothing is changed, where nothing comes (unconfirmed, ended or suppressed): its owner is to be asked first. Throws as
 * `subscribe` does if that is one list too many.
 */
export async function addByLink(db: Db, id: string, asked: Asked, now: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    // The first statement that writes: who ends everything at this moment does so before it or after all of this.
    await trx
      .updateTable('subscribers')
      .set((e) => ({ link_key: e.ref('link_key') }))
      .where('id', '=', id)
      .execute();
    const subscriber = await findSubscriber(trx, id);
    if (subscriber === undefined || subscriber.confirmedAt === null || subscriber.endedAt !== null) return false;
    if ((await findSuppression(trx, subscriber.email)) !== undefined) return false;
    await addList(trx, id, asked, now);
    await trx.updateTable('subscribers').set({ paused_until: null }).where('id', '=', id).execute();
    await reschedule(trx, id, now);
    return true;
  });
}

/**
 * Adds the list, or changes the one about the same; ends a pause, and a suppression that is not the operator's. Who had
 * ended everything gets new links: those in mails of the time before may be in others' hands, also where it was by such a
 * link that it was asked for. Whoever confirms has the new one at once.
 */
export async function applyAsked(trx: Trx, subscriber: Subscriber, asked: Asked, consent: Consent): Promise<void> {
  const { now, from } = consent;
  const isNew = subscriber.confirmedAt === null || subscriber.endedAt !== null;
  if ((await findSuppression(trx, subscriber.email))?.reason === 'operator')
    throw new AppError('forbidden', 'No mail is sent to this address.', { hint: 'Ask the people who run the site.' });
  await trx
    .updateTable('subscribers')
    .set({
      paused_until: null,
      ended_at: null,
      ...(isNew ? { confirmed_at: now, confirmed_from: from ?? null } : {}),
      ...(isNew || !asked.isPlain ? { time_zone: asked.timeZone } : {}),
      ...(subscriber.endedAt === null ? {} : { link_key: makeId() }),
    })
    .where('id', '=', subscriber.id)
    .execute();
  await addList(trx, subscriber.id, asked, now);
  if (await lift(trx, subscriber.email, now)) await noteConsent(trx, subscriber.email, consent);
  else await reschedule(trx, subscriber.id, now);
}

/** The owner of the address has mail sent there again, whatever came back. False if nothing stood against it. */
export async function liftByOwner(db: Db, email: string, consent: Consent): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    if (!(await lift(trx, email, consent.now))) return false;
    await noteConsent(trx, email, consent);
    return true;
  });
}

/** What is reported of mails that were sent before counts no more. */
async function noteConsent(trx: Trx, email: string, { now, from }: Consent): Promise<void> {
  await trx
    .updateTable('subscribers')
    .set({ confirmed_at: now, confirmed_from: from ?? null })
    .where('email', '=', email)
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
}

async function addList(trx: Trx, subscriberId: string, { list, isPlain }: Asked, now: number): Promise<void> {
  const lists = await listLists(trx, subscriberId);
  const same = lists.find((one) => isSameList(one, list));
  if (same !== undefined) {
    if (!isPlain) await updateList(trx, subscriberId, same.id, list);
    return;
  }
  if (lists.length >= MOST_LISTS)
    throw new AppError('conflict', `There are ${MOST_LISTS} lists for this address already.`, {
      hint: 'End one of them first.',
    });
  await insertList(trx, subscriberId, list, now);
}
