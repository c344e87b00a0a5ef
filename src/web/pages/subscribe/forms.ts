/** What the forms of one's own mail do. Each says by a link's token on whose behalf, or is sent by whoever is signed in. */

import type { Context } from 'hono';
import { AppError } from '#platform/errors.ts';
import {
  endAll,
  endLinks,
  endList,
  forget,
  LONGEST_PAUSE_DAYS,
  pause,
  resume,
  setTimeZone,
} from '#subscriptions/change.ts';
import { subscriberData } from '#subscriptions/own-data.ts';
import { findList, findSubscriber } from '#subscriptions/store.ts';
import type { Subscriber } from '#subscriptions/store.ts';
import { liftByOwner } from '#subscriptions/subscribe.ts';
import { findSuppression } from '#subscriptions/suppress.ts';
import { parseTimeZone } from '#subscriptions/time-zone.ts';
import { readForm } from '../../form.ts';
import type { Fields } from '../../form.ts';
import type { Site } from '../../site.ts';
import { showMail } from './manage.tsx';
import { doneAt, openAccess, pathOf, requireSubscriber } from './own-access.ts';
import type { OwnAccess } from './own-access.ts';
import { consentOf } from './subscribe.tsx';

interface Sent {
  fields: Fields;
  access: OwnAccess;
  subscriber: Subscriber;
}

async function readSent(site: Site, c: Context): Promise<Sent> {
  const fields = await readForm(c);
  const access = await openAccess(site, c, fields.text('t'));
  return { fields, access, subscriber: requireSubscriber(access) };
}

export async function zoneForm(site: Site, c: Context): Promise<Response> {
  const { fields, access, subscriber } = await readSent(site, c);
  const typed = fields.text('time_zone');
  const timeZone = parseTimeZone(typed);
  if (timeZone === undefined)
    return await showMail(site, c, access, {
      part: 'zone',
      problem: `“${typed}” is no time zone. They are named like Europe/Berlin or America/New_York.`,
    });
  await setTimeZone(site.db, subscriber.id, timeZone, site.clock.now());
  return c.redirect(doneAt(access.path, 'changed'), 303);
}

export async function pauseForm(site: Site, c: Context): Promise<Response> {
  const { fields, access, subscriber } = await readSent(site, c);
  const typed = fields.text('days');
  const days = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (days < 1 || days > LONGEST_PAUSE_DAYS)
    return await showMail(site, c, access, {
      part: 'pause',
      problem: `A pause is 1 to ${LONGEST_PAUSE_DAYS} whole days long.${days > LONGEST_PAUSE_DAYS ? ' For longer, end what comes.' : ''}`,
      typed,
    });
  await pause(site.db, subscriber.id, days, site.clock.now());
  return c.redirect(doneAt(access.path, 'paused'), 303);
}

export async function resumeForm(site: Site, c: Context): Promise<Response> {
  const { access, subscriber } = await readSent(site, c);
  await resume(site.db, subscriber.id, site.clock.now());
  return c.redirect(doneAt(access.path, 'resumed'), 303);
}

/** One list, or everything. Nobody ends a list of somebody else. */
export async function endForm(site: Site, c: Context): Promise<Response> {
  const { fields, access, subscriber } = await readSent(site, c);
  const id = fields.text('id');
  const now = site.clock.now();
  if (!fields.has('id')) await endAll(site.db, subscriber.id, now);
  else if ((await findList(site.db, id))?.subscriberId === subscriber.id) await endList(site.db, id, now);
  return c.redirect(doneAt(access.path, 'ended'), 303);
}

export async function linksForm(site: Site, c: Context): Promise<Response> {
  const { access, subscriber } = await readSent(site, c);
  await endLinks(site.db, subscriber.id);
  const changed = (await findSubscriber(site.db, subscriber.id)) ?? subscriber;
  return c.redirect(doneAt(pathOf(site, access, changed), 'links'), 303);
}

/** The page that it was sent from is no more for who came by a link. */
export async function forgetForm(site: Site, c: Context): Promise<Response> {
  const { access, subscriber } = await readSent(site, c);
  await forget(site.db, subscriber.id);
  return c.redirect(access.token === '' ? doneAt(access.path, 'forgotten') : '/subscribe/forgotten', 303);
}

/** Only whoever is signed in can have it, and never against the operator's word. */
export async function liftForm(site: Site, c: Context): Promise<Response> {
  const { email, path } = await openAccess(site, c, '');
  const suppression = await findSuppression(site.db, email);
  if (suppression?.reason === 'operator')
    throw new AppError('forbidden', 'The people who run this site decided that no mail goes there.', {
      hint: 'Ask them.',
    });
  await liftByOwner(site.db, email, consentOf(site, c));
  return c.redirect(doneAt(path, 'resumed'), 303);
}

export async function exportMailFile(site: Site, c: Context): Promise<Response> {
  const { email } = await openAccess(site, c, c.req.query('t') ?? '');
  const data = (await subscriberData(site.db, email)) ?? {};
  c.header('Content-Disposition', 'attachment; filename="mail.json"');
  c.header('Cache-Control', 'private, no-store');
  c.header('Content-Type', 'application/json; charset=utf-8');
  return c.body(`${JSON.stringify(data, null, 2)}\n`);
}
