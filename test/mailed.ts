/** Papers by mail in page tests: what was mailed, and somebody who has said yes. */

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { readSecret } from '#accounts/secret.ts';
import { manageUrl, unsubscribeUrl } from '#subscriptions/links.ts';
import { usualList } from '#subscriptions/list.ts';
import { findSubscriberByEmail, listLists } from '#subscriptions/store.ts';
import type { List } from '#subscriptions/store.ts';
import { subscribe } from '#subscriptions/subscribe.ts';
import type { TestSite } from './site.ts';

export const ANN = 'ann@example.org';
/** What the offer on top of lists sends besides an address. */
export const PLAIN = { plain: '1', everything: '1', time_zone: '' };
/** What mail programs post to unsubscribe (RFC 8058). */
export const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

export async function mails(site: TestSite): Promise<{ to: string; text: string; subject: string }[]> {
  await site.app.later.settled();
  const folder = join(site.app.config.DATA_DIR, 'mail');
  const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => a.localeCompare(b));
  return await Promise.all(
    names.map(async (name) => {
      const { to, text = '', subject = '' } = await simpleParser(await readFile(join(folder, name)));
      return { to: to !== undefined && !Array.isArray(to) ? to.text : '', text, subject };
    }),
  );
}

/** The path of the link in the last mail. */
export async function linkOf(site: TestSite): Promise<string> {
  const text = (await mails(site)).at(-1)?.text ?? '';
  return /https:\/\/papers\.example(\S*)/.exec(text)?.[1] ?? '';
}

/** Somebody who has said yes. */
export async function addAnn(site: TestSite, email = ANN) {
  const asked = { list: usualList(8), timeZone: 'Europe/Berlin', isPlain: false };
  const subscriber = await subscribe(site.db, email, asked, { now: site.clock.now(), from: undefined });
  const [list] = await listLists(site.db, subscriber.id);
  const context = { url: '', secret: readSecret(site.app.config) };
  const subscriptionId = list?.id ?? '';
  return {
    subscriber,
    subscriptionId,
    manage: manageUrl(context, subscriber),
    t: manageUrl(context, subscriber).split('t=')[1] ?? '',
    endOne: unsubscribeUrl(context, { kind: 'list', subscriptionId }),
    endAll: unsubscribeUrl(context, { kind: 'all', subscriberId: subscriber.id }),
  };
}

export async function listsOf(site: TestSite, email = ANN): Promise<List[]> {
  const subscriber = await findSubscriberByEmail(site.db, email);
  return subscriber === undefined ? [] : await listLists(site.db, subscriber.id);
}

/** All rows that a visit could change. */
export async function snapshot({ db }: TestSite): Promise<string> {
  const tables = ['subscribers', 'subscriptions', 'subscription_requests', 'subscription_mails'] as const;
  const rows = await Promise.all(tables.map(async (table) => await db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}
