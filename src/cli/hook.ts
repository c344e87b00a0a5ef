/** `broadsheet hook …`: webhooks, for the operator: the site's own, and those of everybody. */

import { createApp } from '../app.ts';
import { findUserByEmail } from '#accounts/store.ts';
import { parseEmail } from '#accounts/user.ts';
import { findDelivery } from '#hooks/delivery-store.ts';
import { maskedUrl } from '#hooks/hook.ts';
import { deleteHook, listHooks } from '#hooks/hook-store.ts';
import { addHook, getHook, rotateSecret, sendTest } from '#hooks/manage.ts';
import type { HookContext } from '#hooks/manage.ts';
import { readHook } from '#hooks/read-hook.ts';
import { publicUrl, readConfig } from '#platform/config.ts';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import { requireDatabase } from './existing-database.ts';
import type { Io } from './io.ts';

export interface AddOptions {
  events: string;
  format: string;
  search?: string;
  top: string;
  owner?: string;
}

/** The id to standard output, the secret too, on a line of its own. */
export async function addCommand(
  io: Io,
  url: string,
  { events, format, search = '', top, owner }: AddOptions,
): Promise<number> {
  return await withHooks(async (context) => {
    const ownerId = owner === undefined ? null : await findOwner(context, owner);
    const typed = { url, format, events: events.split(/[\s,]+/).filter(Boolean), search, top };
    const read = await readHook(context.db, context.config.WEBHOOK_ALLOW_PRIVATE, typed);
    if ('problem' in read) throw invalid(read.problem);
    const { id, secret } = await addHook(context, ownerId, read.wish);
    io.out(`${id}\n${secret}\n`);
    io.err(`The second line is the signing secret, which is not shown again. To try it: broadsheet hook test ${id}\n`);
    return 0;
  });
}

/** Addresses are masked: those of chats are as good as a password. */
export async function listCommand(io: Io, { json }: { json?: boolean }): Promise<number> {
  return await withHooks(async ({ db }) => {
    const hooks = (await listHooks(db)).map((hook) => ({
      id: hook.id,
      address: maskedUrl(hook.url),
      format: hook.format,
      events: hook.events,
      search: hook.search,
      top: hook.top,
      owner: hook.ownerName ?? null,
      state: hook.offAt === null ? 'on' : hook.offReason,
      failures: hook.failures,
    }));
    if (json) io.out(`${JSON.stringify(hooks, null, 2)}\n`);
    else
      for (const { id, address, format, events, owner, state } of hooks)
        io.out(`${[id, address, format, events.join(','), owner ?? '(site)', state].join('\t')}\n`);
    return 0;
  });
}

/** Exit code 1 if the receiver did not take it. */
export async function testCommand(io: Io, id: string): Promise<number> {
  return await withHooks(async (context) => {
    const hook = await getHook(context, id);
    const sent = await sendTest(context, hook, io.signal());
    const delivery = await findDelivery(context.db, hook.id, sent);
    if (delivery?.state === 'delivered') {
      io.out(`delivered: answered ${delivery.status} after ${delivery.took} ms\n`);
      return 0;
    }
    throw new AppError('upstream', `The test was not delivered: ${delivery?.problem ?? 'it was broken off'}.`);
  });
}

/** The new secret; the one before signs for another day. */
export async function rotateCommand(io: Io, id: string): Promise<number> {
  return await withHooks(async (context) => {
    io.out(`${await rotateSecret(context, await getHook(context, id))}\n`);
    return 0;
  });
}

export async function removeCommand(io: Io, id: string): Promise<number> {
  return await withHooks(async (context) => {
    const hook = await getHook(context, id);
    await deleteHook(context.db, hook.id);
    io.err(`Removed the webhook to ${maskedUrl(hook.url)}.\n`);
    return 0;
  });
}

async function withHooks(work: (context: HookContext) => Promise<number>): Promise<number> {
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  return await work({ ...app, url: publicUrl(config) });
}

async function findOwner({ db }: HookContext, typed: string): Promise<string> {
  const user = await findUserByEmail(db, parseEmail(typed) ?? '');
  if (user === undefined)
    throw notFound(`${typed} has no account.`, { hint: 'Leave --owner out for a webhook of the site itself.' });
  return user.id;
}
