/** What the settings pages can do with hooks: for each asker their own, for admins everybody's. */

import type { Viewer } from '#accounts/user.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { demand } from '#platform/limits/demand.ts';
import { listDeliveries } from './delivery-store.ts';
import type { Delivery } from './delivery-store.ts';
import { hookEvents, hookFormats, LOG, maskedUrl, mostHooks, PAUSED } from './hook.ts';
import { deleteHook, listHooks } from './hook-store.ts';
import type { ListedHook } from './hook-store.ts';
import { addHook, changeHook, pauseHook, resumeHook, rotateSecret, sendAgain, sendTest } from './manage.ts';
import type { HookContext } from './manage.ts';
import { ownHookData } from './own-data.ts';
import { readHook } from './read-hook.ts';
import type { TypedHook } from './read-hook.ts';

type Asker = Pick<Viewer, 'id' | 'role'>;

const HOUR = 3_600_000;
/** Each makes this server send something at once: enough to get a receiver right, too few to pester anybody. */
const SENT_BY_HAND = 30;

interface Desk {
  /** Throws NotFound for one that the asker may not see. */
  find(asker: Asker, id: string): Promise<ListedHook>;
  /** Others' are paused, tried and removed by admins, not turned to another address. */
  findOwn(asker: Asker, id: string): Promise<ListedHook>;
  /** Throws an AppError 'rate-limited' for who has things sent too often. */
  byHand(asker: Asker): Promise<void>;
}

function openDesk({ db, clock }: HookContext): Desk {
  const find = async (asker: Asker, id: string): Promise<ListedHook> => {
    const hook = (await listHooks(db)).find((one) => one.id === id);
    if (hook === undefined || !(hook.ownerId === asker.id || asker.role === 'admin'))
      throw notFound('There is no webhook of yours at this address.', { hint: 'All that you have: /settings/hooks' });
    return hook;
  };
  return {
    find,
    async findOwn(asker, id) {
      const hook = await find(asker, id);
      if (!isOwn(hook, asker)) throw new AppError('forbidden', 'Only its owner can change this webhook.');
      return hook;
    },
    async byHand({ id }) {
      await demand(db, [{ key: `webhooks by hand of ${id}`, limit: SENT_BY_HAND, windowMs: HOUR }], clock.now());
    },
  };
}

export function openHookDesk(context: HookContext) {
  const { db, clock, config } = context;

  const { find, findOwn, byHand } = openDesk(context);
  return {
    events: choices(hookEvents),
    formats: choices(hookFormats),
    most: ({ role }: Asker) => mostHooks(role),
    async list(asker: Asker) {
      const hooks = await listHooks(db, asker.role === 'admin' ? undefined : asker.id);
      const facts = hooks.map((hook) => toFacts(hook, asker, clock.now()));
      return [...facts.filter((one) => one.isOwn), ...facts.filter((one) => !one.isOwn)];
    },
    get: async (asker: Asker, id: string) => toFacts(await find(asker, id), asker, clock.now()),
    deliveries: async (id: string) => (await listDeliveries(db, id, LOG.keep)).map(toDeliveryFacts),
    async add(asker: Asker, typed: TypedHook) {
      const most = mostHooks(asker.role);
      if ((await listHooks(db, asker.id)).length >= most)
        return { problem: `You have ${most} webhooks, which is the most. Remove one that is not used any more.` };
      const read = await readHook(db, config.WEBHOOK_ALLOW_PRIVATE, typed);
      if ('problem' in read) return read;
      const { id, secret } = await addHook(context, asker.id, read.wish);
      return { id, secret };
    },
    async change(asker: Asker, id: string, typed: TypedHook) {
      const hook = await findOwn(asker, id);
      const read = await readHook(db, config.WEBHOOK_ALLOW_PRIVATE, typed);
      if ('problem' in read) return read.problem;
      await changeHook(context, hook, read.wish);
      return undefined;
    },
    async test(asker: Asker, id: string, signal: AbortSignal) {
      const hook = await find(asker, id);
      await byHand(asker);
      await sendTest(context, hook, signal);
    },
    async again(asker: Asker, id: string, deliveryId: string, signal: AbortSignal) {
      const hook = await find(asker, id);
      await byHand(asker);
      await sendAgain(context, hook, deliveryId, signal);
    },
    rotate: async (asker: Asker, id: string) => await rotateSecret(context, await findOwn(asker, id)),
    pause: async (asker: Asker, id: string) => await pauseHook(context, await find(asker, id)),
    resume: async (asker: Asker, id: string) => await resumeHook(context, await find(asker, id)),
    remove: async (asker: Asker, id: string) => await deleteHook(db, (await find(asker, id)).id),
    ownData: async (userId: string) => await ownHookData(db, userId),
  };
}

function choices(known: Record<string, { label: string; about: string }>) {
  return Object.entries(known).map(([name, { label, about }]) => ({ name, label, about }));
}

/** The site's own belong to its admins. */
function isOwn({ ownerId }: ListedHook, { id, role }: Asker): boolean {
  return ownerId === id || (ownerId === null && role === 'admin');
}

function toFacts(hook: ListedHook, asker: Asker, now: number) {
  const { id, url, format, events, search, top, createdAt, ownerName, offAt, failures, oldSecretUntil } = hook;
  const own = isOwn(hook, asker);
  const reason = hook.offReason ?? '';
  return {
    id,
    format,
    events,
    search,
    top,
    createdAt,
    ownerName,
    failures,
    isOwn: own,
    address: own ? url : maskedUrl(url),
    off:
      offAt === null
        ? null
        : {
            at: offAt,
            reason,
            byOwner: reason === PAUSED,
          },
    oldSecretUntil: oldSecretUntil !== null && oldSecretUntil > now ? oldSecretUntil : null,
  };
}

function toDeliveryFacts(row: Delivery) {
  const { id, kind, summary, state, attempts, status, problem, took } = row;
  return {
    id,
    kind,
    summary,
    state,
    attempts,
    status,
    problem,
    took,
    eventId: row.event_id,
    createdAt: row.created_at,
    triedAt: row.tried_at,
    dueAt: row.due_at,
  };
}
