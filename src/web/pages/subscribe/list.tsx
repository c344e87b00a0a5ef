/** `/subscribe/list`: one list of a subscriber, to be changed, or a new one. */

import type { Context } from 'hono';
import { listCategories } from '#feed/subjects.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { clientOf } from '#platform/http/client-address.ts';
import { demand } from '#platform/limits/demand.ts';
import { changeList } from '#subscriptions/change.ts';
import type { Asked } from '#subscriptions/list.ts';
import { networkLimit } from '#subscriptions/limits.ts';
import { requestSubscription } from '#subscriptions/request.ts';
import { findList } from '#subscriptions/store.ts';
import type { List } from '#subscriptions/store.ts';
import { addByLink, subscribe } from '#subscriptions/subscribe.ts';
import { Layout } from '../../components/layout.tsx';
import { ListFields, Problems } from '../../components/list-form.tsx';
import { TimeZones } from '../../components/time-zones.tsx';
import { readForm } from '../../form.ts';
import { readListForm, toForm, usualForm } from '../../list-form.ts';
import type { ListForm } from '../../list-form.ts';
import type { Site } from '../../site.ts';
import { doneAt, openAccess } from './own-access.ts';
import type { OwnAccess } from './own-access.ts';
import { Token } from './own-parts.tsx';
import { consentOf } from './subscribe.tsx';

const NOINDEX = <meta name="robots" content="noindex" />;

export async function listPage(site: Site, c: Context): Promise<Response> {
  const access = await openAccess(site, c, c.req.query('t') ?? '');
  const id = c.req.query('id') ?? '';
  const zone = access.subscriber?.timeZone;
  const list = id === '' ? undefined : await requireList(site, access, id);
  const usual = { ...usualForm(site), ...(zone === undefined ? {} : { timeZone: zone }) };
  const form = list === undefined ? usual : toForm(list, zone ?? usual.timeZone);
  return await page(site, c, { access, id, form, problems: [] });
}

/** Of this subscriber, and not ended. */
async function requireList(site: Site, { subscriber }: OwnAccess, id: string): Promise<List> {
  const list = await findList(site.db, id);
  if (list === undefined || list.subscriberId !== subscriber?.id || list.endedAt !== null)
    throw notFound('This list is not there any more.');
  return list;
}

export async function listForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  const access = await openAccess(site, c, fields.text('t'));
  const id = fields.text('id');
  const { form, asked, problems } = await readListForm(site, fields);
  if (asked === undefined) return await page(site, c, { access, id, form, problems });
  if (id === '') {
    return await add(site, c, access, asked).catch(async (error: unknown) => {
      if (!(error instanceof AppError) || error.kind !== 'conflict') throw error;
      return await page(site, c, { access, id, form, problems: [`${error.message} ${error.hint ?? ''}`.trimEnd()] });
    });
  }
  const { subscriberId } = await requireList(site, access, id);
  await changeList(site.db, subscriberId, id, asked.list, site.clock.now());
  return c.redirect(doneAt(access.path, 'changed'), 303);
}

/**
 * Who is signed in needs no question. Who has a link from a mail needs none while mail comes; else the owner is asked by
 * mail, as anybody's address is: the mail may have been forwarded, and its reader says yes for nobody.
 */
async function add(site: Site, c: Context, access: OwnAccess, asked: Asked): Promise<Response> {
  const { email, token, subscriber } = access;
  if (token === '' || subscriber === undefined) {
    await subscribe(site.db, email, asked, consentOf(site, c));
    return c.redirect(doneAt(access.path, 'subscribed'), 303);
  }
  if (await addByLink(site.db, subscriber.id, asked, site.clock.now()))
    return c.redirect(doneAt(access.path, 'subscribed'), 303);
  await demand(site.db, [networkLimit(clientOf(c))], site.clock.now());
  await requestSubscription(site.accounts, email, asked);
  return c.redirect('/subscribe/sent', 303);
}

interface ListPage {
  access: OwnAccess;
  /** Empty for a new one. */
  id: string;
  form: ListForm;
  problems: readonly string[];
}

async function page(site: Site, c: Context, { access, id, form, problems }: ListPage): Promise<Response> {
  const categories = form.kind === 'alert' ? [] : await listCategories(site.db);
  if (problems.length > 0) c.status(422);
  c.header('Cache-Control', 'private, no-store');
  const isGuessed = access.subscriber === undefined && problems.length === 0;
  const zone =
    id === '' ? (
      <TimeZones chosen={form.timeZone} isGuessed={isGuessed} />
    ) : (
      <input type="hidden" name="time_zone" value={form.timeZone} />
    );
  const title = id === '' ? 'Choose what comes' : 'Change what comes';
  return await c.html(
    <Layout site={site} c={c} title={title} head={NOINDEX}>
      <main id="main" class="prose">
        <h1>{title}</h1>
        <form class="form subscribe" method="post" action="/subscribe/list">
          <Token access={access} />
          <Problems problems={problems} />
          {id !== '' && <input type="hidden" name="id" value={id} />}
          <ListFields form={form} categories={categories} zone={zone} />
          <p>
            <button class="main">Save</button> <a href={access.path}>Leave it as it is</a>
          </p>
        </form>
      </main>
    </Layout>,
  );
}
