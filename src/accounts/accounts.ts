/** What signing in needs: made once for a site, cheap until somebody signs in. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Later } from '#platform/later.ts';
import type { Log } from '#platform/log.ts';
import type { Mail } from '#platform/mail/mail.ts';
import type { Db } from '#schema.ts';
import type { Auth } from './auth.ts';
import { readSecret } from './secret.ts';

export interface AuthContext {
  db: Db;
  clock: Clock;
  config: Config;
  log: Log;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
  fetch: typeof fetch;
  /** What signs cookies and intents. */
  secret: () => string;
}

export interface Accounts extends AuthContext {
  mail: Mail;
  later: Later;
  /** better-auth takes a second to load, which only who signs in pays. */
  auth: () => Promise<Auth>;
}

export function openAccounts(given: Omit<Accounts, 'secret' | 'auth'>): Accounts {
  let known: string | undefined;
  const context = { ...given, secret: () => (known ??= readSecret(given.config)) };
  let auth: Promise<Auth> | undefined;
  const load = async () => (await import('./auth.ts')).createAuth(context);
  return { ...context, auth: () => (auth ??= load()) };
}
