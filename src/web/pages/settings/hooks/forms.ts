/** What the forms about webhooks do. */

import type { Context } from 'hono';
import { requirePerson, requireWriter } from '#accounts/current-viewer.ts';
import { settingsLimits } from '#accounts/limits.ts';
import type { Viewer } from '#accounts/user.ts';
import { demand } from '#platform/limits/demand.ts';
import { readForm } from '../../../form.ts';
import type { Fields } from '../../../form.ts';
import type { TypedHook } from '../../../hook-desk.ts';
import type { Site } from '../../../site.ts';
import { hookPage } from './hook.tsx';
import { hooksPage } from './hooks.tsx';

export const HOOKS = '/settings/hooks';
/** Who asks for something to be sent waits so long for what comes of it; a receiver is waited for a little less. */
const PATIENCE_MS = 12_000;

async function writer(site: Site, c: Context): Promise<Viewer> {
  requirePerson(c, HOOKS);
  const viewer = requireWriter(c, HOOKS);
  await demand(site.db, settingsLimits(viewer), site.clock.now());
  return viewer;
}

function typedHook(site: Site, fields: Fields): TypedHook {
  return {
    url: fields.text('url'),
    format: fields.text('format'),
    events: site.hooks.events.map(({ name }) => name).filter((name) => fields.has(name)),
    search: fields.text('search'),
    top: fields.text('top'),
  };
}

/** The secret is in the answer and nowhere else, so there is no redirect. */
export async function addForm(site: Site, c: Context): Promise<Response> {
  const viewer = await writer(site, c);
  const typed = typedHook(site, await readForm(c));
  const added = await site.hooks.add(viewer, typed);
  if ('problem' in added) return await hooksPage(site, c, { problem: added.problem, typed });
  return await hookPage(site, c, added.id, { part: 'secret', secret: added.secret, done: 'The webhook is on.' });
}

export async function changeForm(site: Site, c: Context, id: string): Promise<Response> {
  const viewer = await writer(site, c);
  const typed = typedHook(site, await readForm(c));
  const problem = await site.hooks.change(viewer, id, typed);
  if (problem !== undefined) return await hookPage(site, c, id, { part: 'change', problem, typed });
  return c.redirect(`${HOOKS}/${id}`, 303);
}

type Deed = (site: Site, c: Context, id: string) => Promise<Response>;

/** `POST /settings/hooks/ID/…` */
export const deedForms: Record<string, Deed> = {
  async test(site, c, id) {
    await site.hooks.test(await writer(site, c), id, AbortSignal.timeout(PATIENCE_MS));
    return c.redirect(`${HOOKS}/${id}#log`, 303);
  },
  async again(site, c, id) {
    const viewer = await writer(site, c);
    const delivery = (await readForm(c)).text('delivery');
    await site.hooks.again(viewer, id, delivery, AbortSignal.timeout(PATIENCE_MS));
    return c.redirect(`${HOOKS}/${id}#log`, 303);
  },
  async rotate(site, c, id) {
    const secret = await site.hooks.rotate(await writer(site, c), id);
    return await hookPage(site, c, id, { part: 'secret', secret, done: 'The secret was changed.' });
  },
  async pause(site, c, id) {
    await site.hooks.pause(await writer(site, c), id);
    return c.redirect(`${HOOKS}/${id}`, 303);
  },
  async resume(site, c, id) {
    await site.hooks.resume(await writer(site, c), id);
    return c.redirect(`${HOOKS}/${id}`, 303);
  },
  async remove(site, c, id) {
    await site.hooks.remove(requirePerson(c, HOOKS), id);
    return c.redirect(HOOKS, 303);
  },
};
