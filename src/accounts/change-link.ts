/** The link that confirms a new mail address: signed, good for an hour, and only as long as the old address stands. */

import type { Accounts } from './accounts.ts';
import { mayMoveTo } from './registration.ts';
import { isSignature, sign } from './signature.ts';
import { findUser, findUserByEmail } from './store.ts';

export const CHANGE_EMAIL_PATH = '/settings/email';

/** As long as a sign-in link. */
const LINK_MS = 60 * 60_000;

export interface Change {
  userId: string;
  from: string;
  to: string;
}

/** Undefined if there is nothing to confirm: the account is gone or banned, or the address belongs to one or cannot be taken. */
export async function makeChangeLink(accounts: Accounts, userId: string, to: string): Promise<string | undefined> {
  const { db, clock, secret } = accounts;
  const [user, other] = [await findUser(db, userId), await findUserByEmail(db, to)];
  if (user === undefined || user.email === null || user.bannedAt !== null || other !== undefined) return undefined;
  if (!(await mayMoveTo(accounts, to))) return undefined;
  const body = JSON.stringify([userId, user.email, to, clock.now() + LINK_MS]);
  const token = Buffer.from(body).toString('base64url');
  const signature = sign(`change-email:${token}`, secret()).toString('base64url');
  return `${CHANGE_EMAIL_PATH}?${new URLSearchParams({ token: `${token}.${signature}` }).toString()}`;
}

/** Undefined if it is not ours or too old. */
export function readChange(accounts: Accounts, text: string): Change | undefined {
  const [token = '', signature = ''] = text.split('.');
  if (!isSignature(Buffer.from(signature, 'base64url'), `change-email:${token}`, accounts.secret())) return undefined;
  const [userId, from, to, until] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [
    string,
    string,
    string,
    number,
  ];
  return accounts.clock.now() < until ? { userId, from, to } : undefined;
}
