/** Sends the messages that are due. A kill at any moment sends at most the one that was under way again, under its id. */

import type { Clock } from '#platform/clock.ts';
import { ForbiddenAddress } from '#platform/http/post-outside.ts';
import type { Post } from '#platform/http/post-outside.ts';
import type { Log } from '#platform/log.ts';
import type { Db, Trx } from '#schema.ts';
import {
  claimDelivery,
  dropWaiting,
  findDelivery,
  holdDelivery,
  postponeDeliveries,
  settleDelivery,
} from './delivery-store.ts';
import type { Delivery } from './delivery-store.ts';
import { maskedUrl, OFF_AFTER } from './hook.ts';
import type { Hook } from './hook.ts';
import { findHook, updateHook } from './hook-store.ts';
import { judgeAnswer, judgeSilence } from './judge.ts';
import type { Verdict } from './judge.ts';
import { signatureHeaders } from './sign.ts';

export interface DeliveryContext {
  db: Db;
  clock: Clock;
  log: Log;
  post: Post;
  /** Where readers reach the site. */
  url: string;
}

/** Longer than a receiver is waited for (10 s): whoever holds a message longer has died. */
const HELD_MS = 30_000;
/** Slow receivers must not hold up the others; each is sent one message at a time. */
const AT_ONCE = 8;

/** Until nothing is due. */
export async function deliverDue(context: DeliveryContext, signal: AbortSignal): Promise<void> {
  const { db, clock } = context;
  const underWay = new Map<string, Promise<string>>();
  try {
    while (!signal.aborted) {
      const now = clock.now();
      const busy = [...underWay.keys()];
      const next = underWay.size < AT_ONCE ? await claimDelivery(db, { now, until: now + HELD_MS }, busy) : undefined;
      if (next !== undefined)
        underWay.set(
          next.hook_id,
          deliver(context, next, signal).then(() => next.hook_id),
        );
      else if (underWay.size === 0) return;
      else underWay.delete(await Promise.race(underWay.values()));
    }
  } finally {
    await Promise.allSettled(underWay.values());
  }
}

/**
 * Sends one message now, whether it is due or not and whether its hook is on; `anew`: what is changed of it before. False
 * if there is none, or somebody else was faster.
 */
export async function deliverNow(
  context: DeliveryContext,
  hookId: string,
  id: string,
  signal: AbortSignal,
  anew: Partial<Pick<Delivery, 'attempts' | 'give_up_at'>> = {},
): Promise<boolean> {
  const delivery = await findDelivery(context.db, hookId, id);
  if (delivery === undefined) return false;
  const until = context.clock.now() + HELD_MS;
  if (!(await holdDelivery(context.db, delivery, until, anew))) return false;
  await deliver(context, { ...delivery, ...anew, due_at: until, state: 'waiting' }, signal);
  return true;
}

async function deliver(context: DeliveryContext, delivery: Delivery, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = context;
  const hook = await findHook(db, delivery.hook_id);
  if (hook === undefined) return; // removed, and its messages with it
  const started = clock.now();
  const began = performance.now();
  const { verdict, status } = await attempt(context, hook, delivery, signal);
  if (verdict === undefined) return; // told to stop: it is taken up again when it is not held any more
  const facts = {
    tried_at: started,
    status,
    took: Math.round(performance.now() - began),
    attempts: delivery.attempts + 1,
  };
  const isOurs = await db
    .transaction()
    .execute(
      async (trx) =>
        (await settle(trx, delivery, verdict, facts)) && (await follow(trx, hook, delivery, verdict, clock.now())),
    );
  if (isOurs && verdict.kind !== 'delivered' && delivery.kind !== 'test')
    log.warn(
      { hook: hook.id, to: maskedUrl(hook.url), problem: verdict.problem, next: verdict.kind },
      'a webhook was not delivered',
    );
}

async function attempt(
  { clock, post, url }: DeliveryContext,
  hook: Hook,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<{ verdict: Verdict | undefined; status: number | null }> {
  const { kind, event_id: id, body, give_up_at: giveUpAt } = delivery;
  const timestamp = Math.floor(clock.now() / 1000);
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': `Broadsheet (+${url}/)`,
    ...signatureHeaders({ id, timestamp, body }, secretsOf(hook, clock.now())),
  };
  const tried = () => ({ kind, attempts: delivery.attempts + 1, giveUpAt, now: clock.now(), random: Math.random() });
  try {
    const received = await post({ url: hook.url, headers, body }, signal);
    return { verdict: judgeAnswer(tried(), received), status: received.status };
  } catch (error) {
    if (signal.aborted) return { verdict: undefined, status: null };
    const { message, code } = error as NodeJS.ErrnoException;
    const problem = message === '' ? (code ?? 'no connection') : message; // several addresses failed: no message
    const isFinal = error instanceof ForbiddenAddress;
    return { verdict: isFinal ? { kind: 'failed', problem } : judgeSilence(tried(), problem), status: null };
  }
}

function secretsOf({ secret, oldSecret, oldSecretUntil }: Hook, now: number): string[] {
  return oldSecret !== null && (oldSecretUntil ?? 0) > now ? [secret, oldSecret] : [secret];
}

type Facts = Pick<Delivery, 'tried_at' | 'status' | 'took' | 'attempts'>;

/** False if the message is not ours any more: it took so long that somebody else has taken it up. */
async function settle(trx: Trx, delivery: Delivery, verdict: Verdict, facts: Facts): Promise<boolean> {
  switch (verdict.kind) {
    case 'delivered':
      return await settleDelivery(trx, delivery, { ...facts, state: 'delivered', problem: null });
    case 'again':
      return await settleDelivery(trx, delivery, { ...facts, due_at: verdict.at, problem: verdict.problem });
    default:
      return await settleDelivery(trx, delivery, { ...facts, state: 'failed', problem: verdict.problem });
  }
}

/** What it means for the hook. A test says nothing of it: its owner is trying. */
async function follow(trx: Trx, hook: Hook, { kind }: Delivery, verdict: Verdict, now: number): Promise<boolean> {
  if (kind === 'test') return true;
  const failures = (await findHook(trx, hook.id))?.failures ?? 0; // another process may have counted since
  if (verdict.kind === 'delivered' && failures > 0) await updateHook(trx, hook.id, { failures: 0 });
  if (verdict.kind === 'again')
    await postponeDeliveries(trx, hook.id, { now, heldUntil: now + HELD_MS, until: verdict.at });
  if (verdict.kind !== 'failed' && verdict.kind !== 'gone') return true;
  const isOver = verdict.kind === 'gone' || failures + 1 >= OFF_AFTER;
  const reason = verdict.kind === 'gone' ? 'the receiver answered 410 Gone' : `${OFF_AFTER} messages in a row failed`;
  const off =
    isOver && hook.offAt === null ? { off_at: now, off_reason: `${reason}; the last: ${verdict.problem}` } : {};
  await updateHook(trx, hook.id, { failures: failures + 1, ...off });
  if (isOver) await dropWaiting(trx, hook.id, 'not sent: the webhook was switched off');
  return true;
}
