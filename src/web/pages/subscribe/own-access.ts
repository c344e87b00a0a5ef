/** Who may see and change a subscription: whoever has the link from a mail, and the owner of the account it is for. */

import type { Context } from 'hono';
import { requirePerson } from '#accounts/current-viewer.ts';
import { findUser } from '#accounts/store.ts';
import { AppError } from '#platform/errors.ts';
import { isManageToken, MANAGE_PATH, manageUrl, namedByManage } from '#subscriptions/links.ts';
import { findSubscriber, findSubscriberByEmail } from '#subscriptions/store.ts';
import type { Subscriber } from '#subscriptions/store.ts';
import type { Site } from '../../site.ts';

/** The page for whoever is signed in. */
export const OWN_PATH = '/settings/mail';

export interface OwnAccess {
  /** Of the link; empty for whoever is signed in. */
  token: string;
  email: string;
  /** Undefined where the owner of an account never subscribed. */
  subscriber: Subscriber | undefined;
  /** The page to come back to. */
  path: string;
}

/**
 * `token` is that of the link, or empty for whoever is signed in. Throws an AppError if the link is not, or no longer,
 * one of ours, and what leads to the sign-in page if there is neither. At most three queries.
 */
export async function openAccess(site: Site, c: Context, token: string): Promise<OwnAccess> {
  if (token !== '') {
    const id = namedByManage(token);
    const subscriber = id === undefined ? undefined : await findSubscriber(site.db, id);
    if (subscriber === undefined || !isManageToken(site.accounts.secret(), token, subscriber.linkKey)) throw deadLink();
    return { token, email: subscriber.email, subscriber, path: `${MANAGE_PATH}?t=${token}` };
  }
  const viewer = requirePerson(c, OWN_PATH);
  const email = (await findUser(site.db, viewer.id))?.email;
  if (!email) throw deadLink();
  const subscriber = await findSubscriberByEmail(site.db, email);
  return { token, email, subscriber, path: OWN_PATH };
}

/** A link that is not, or no longer, one of ours: whoever has it can have a new one mailed to them. */
export class DeadLink extends AppError {}

function deadLink(): DeadLink {
  return new DeadLink('forbidden', 'This link does not work, or does not work any more.', {
    hint: 'The link at the foot of the newest mail works, unless old links were ended since.',
  });
}

/** Where a form leads that has done what it is for: the page says so. */
export function doneAt(path: string, done: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}done=${done}`;
}

/** The same page after their links were changed. */
export function pathOf(site: Site, { token, path }: OwnAccess, subscriber: Subscriber): string {
  return token === '' ? path : manageUrl({ url: '', secret: site.accounts.secret() }, subscriber);
}

/** Throws if nothing was ever subscribed to. */
export function requireSubscriber({ subscriber, email }: OwnAccess): Subscriber {
  if (subscriber === undefined)
    throw new AppError('not-found', `Nothing is mailed to ${email}.`, { hint: 'Subscribe first: /subscribe' });
  return subscriber;
}
