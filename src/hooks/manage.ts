/** What can be done with hooks: made, changed, switched off and on, given a new secret, tried. One transaction each. */

import { makeId } from '#accounts/add-user.ts';
import { notFound } from '#platform/errors.ts';
import { addMessage, tellNothingOld } from './note-news.ts';
import { dropWaiting } from './delivery-store.ts';
import { deliverNow } from './deliver.ts';
import type { DeliveryContext } from './deliver.ts';
import { testNews, trendingNow } from './find-news.ts';
import type { NewsContext } from './find-news.ts';
import { GIVE_UP_MS, LOG, OLD_SECRET_MS, PAUSED } from './hook.ts';
import type { Hook } from './hook.ts';
import { findHook, insertHook, updateHook } from './hook-store.ts';
import type { HookWish } from './read-hook.ts';
import { makeSecret } from './sign.ts';

export type HookContext = NewsContext & DeliveryContext;

/** `ownerId`: null for the site's own. */
export async function addHook(context: NewsContext, ownerId: string | null, wish: HookWish): Promise<Hook> {
  const { db, clock } = context;
  const now = clock.now();
  const none = { oldSecret: null, oldSecretUntil: null, offAt: null, offReason: null, failures: 0 };
  const hook: Hook = { ...wish, ...none, id: makeId(), ownerId, secret: makeSecret(), createdAt: now, since: now };
  const trending = await trendingNow(db);
  await db.transaction().execute(async (trx) => {
    await insertHook(trx, hook);
    await tellNothingOld(trx, hook, trending, now);
  });
  return hook;
}

/** From now on: what waits goes to the new address in the shape that it has. */
export async function changeHook(context: NewsContext, hook: Hook, wish: HookWish): Promise<void> {
  const { db, clock } = context;
  const { url, format, events, search, top } = wish;
  const trending = await trendingNow(db);
  // Another search has matches that it has had for long; the same one goes on where it was.
  const anew = search === hook.search ? {} : { since: clock.now(), searched_change: -1 };
  await db.transaction().execute(async (trx) => {
    await updateHook(trx, hook.id, { url, format, events: JSON.stringify(events), search, top, ...anew });
    const isSame = hook.events.includes('paper.trending') && top <= hook.top;
    if (!isSame) await tellNothingOld(trx, { ...hook, ...wish }, trending, clock.now());
  });
}

/** What waits is not sent any more. */
export async function pauseHook({ db, clock }: NewsContext, { id }: Hook): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await updateHook(trx, id, { off_at: clock.now(), off_reason: PAUSED });
    await dropWaiting(trx, id, 'not sent: the webhook was switched off');
  });
}

/** What happened meanwhile is no news any more. */
export async function resumeHook({ db, clock }: NewsContext, hook: Hook): Promise<void> {
  if (hook.offAt === null) return;
  const trending = await trendingNow(db);
  await db.transaction().execute(async (trx) => {
    await updateHook(trx, hook.id, {
      off_at: null,
      off_reason: null,
      failures: 0,
      since: clock.now(),
      searched_change: -1,
    });
    await tellNothingOld(trx, hook, trending, clock.now());
  });
}

/** Returns the new secret; the one before it signs for another day. */
export async function rotateSecret({ db, clock }: NewsContext, { id, secret: oldSecret }: Hook): Promise<string> {
  const secret = makeSecret();
  await updateHook(db, id, { secret, old_secret: oldSecret, old_secret_until: clock.now() + OLD_SECRET_MS });
  return secret;
}

/** Sends a test and comes back when there is an answer, or none. Returns the message's id. */
export async function sendTest(context: HookContext, hook: Hook, signal: AbortSignal): Promise<string> {
  const id = await addMessage(context.db, context, hook, await testNews(context, makeId()));
  await deliverNow(context, hook.id, id, signal);
  return id;
}

/** Sends a message of the log once more, under its id; if that fails and may pass, it is tried again like a new one. */
export async function sendAgain(
  context: HookContext,
  hook: Hook,
  deliveryId: string,
  signal: AbortSignal,
): Promise<void> {
  const anew = { attempts: 0, give_up_at: context.clock.now() + GIVE_UP_MS };
  if (!(await deliverNow(context, hook.id, deliveryId, signal, anew)))
    throw notFound('This message is not in the log any more, or it is being sent just now.', {
      hint: `The log keeps the last ${LOG.keep} for ${LOG.days} days.`,
    });
}

export async function getHook({ db }: NewsContext, id: string): Promise<Hook> {
  const hook = await findHook(db, id);
  if (hook === undefined) throw notFound('There is no such webhook.', { hint: 'All of them: broadsheet hook list' });
  return hook;
}
