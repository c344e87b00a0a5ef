/** People for tests: accounts with real sessions, made through a real sign-in link. */

import type { BrowserContext } from 'playwright-core';
import type { App } from '../src/app.ts';
import { openAccounts } from '#accounts/accounts.ts';
import { addUser } from '#accounts/add-user.ts';
import { sessionCookieName } from '#accounts/session-cookie.ts';
import { makeSignInLink, signInByLink } from '#accounts/sign-in-link.ts';
import { findUserByEmail, updateUser } from '#accounts/store.ts';
import type { User } from '#accounts/store.ts';
import type { Role } from '#accounts/user.ts';

export interface SignedInPerson {
  user: User;
  /** A Cookie header: `name=value`. */
  cookie: string;
}

/** Makes the account if there is none. `role` is reader by default, for the first account as well. */
export async function signInPerson(
  app: App,
  url: string,
  email: string,
  { role = 'reader', createdAt }: PersonOptions = {},
): Promise<SignedInPerson> {
  const { db, clock } = app;
  const accounts = openAccounts({ ...app, url });
  if ((await findUserByEmail(db, email)) === undefined) {
    const { id } = await addUser(db, { email }, clock.now());
    await updateUser(db, id, { role }, clock.now());
    if (createdAt !== undefined)
      await db.updateTable('users').set({ created_at: createdAt }).where('id', '=', id).execute();
  }
  const link = new URL((await makeSignInLink(accounts, email, '/')) ?? '', url);
  const entered = await signInByLink(accounts, link.searchParams.get('token') ?? '', 'a test');
  const user = await findUserByEmail(db, email);
  const cookie = entered?.cookies.find((one) => one.startsWith(sessionCookieName(url)))?.split(';')[0];
  if (user === undefined || cookie === undefined) throw new Error(`${email} could not be signed in`);
  return { user, cookie };
}

export interface PersonOptions {
  role?: Role;
  /** Epoch milliseconds: new accounts have limits. */
  createdAt?: number;
}

/** Gives the cookie to a browser. */
export async function signInBrowser(
  app: App,
  url: string,
  context: BrowserContext,
  email: string,
  options?: PersonOptions,
): Promise<User> {
  const { user, cookie } = await signInPerson(app, url, email, options);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
  return user;
}
