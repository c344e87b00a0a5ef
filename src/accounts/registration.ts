/** Who may make an account. */

import type { Config } from '#platform/config.ts';
import type { Db } from '#schema.ts';
import { markOfBanned } from './banned-address.ts';
import { isInvited } from './invitation-store.ts';
import { findUserByEmail, findUserOfMailbox, hasMark, hasUsers } from './store.ts';
import { mailboxOf } from './user.ts';

export interface Policy {
  db: Db;
  config: Pick<Config, 'REGISTRATION' | 'ALLOWED_MAIL_DOMAINS' | 'AUTH_SECRET' | 'DATA_DIR'>;
}

/**
 * Whether an address (lower case) that has no account may make one: a mailbox has one. The first account of all always may.
 * A ban outlives the account; an invitation ends it.
 */
export async function mayRegister(policy: Policy, email: string): Promise<boolean> {
  const { db, config } = policy;
  if ((await findUserOfMailbox(db, mailboxOf(email))) !== undefined) return false;
  if (await isInvited(db, email)) return true;
  if (!(await mayMoveTo(policy, email))) return false;
  if (config.REGISTRATION === 'open') return true;
  return !(await hasUsers(db));
}

/**
 * Whether an address (lower case) that no account has may become one's: its domain is allowed, and nobody who reads its mail
 * was banned when they left.
 */
export async function mayMoveTo({ db, config }: Policy, email: string): Promise<boolean> {
  if (!isAllowedDomain(config.ALLOWED_MAIL_DOMAINS, email)) return false;
  return !(await hasMark(
    db,
    [email, mailboxOf(email)].map((one) => markOfBanned(config, one)),
  ));
}

/** Whether a sign-in link for this address leads anywhere. */
export async function maySignIn(policy: Policy, email: string): Promise<boolean> {
  return (await findUserByEmail(policy.db, email)) !== undefined || (await mayRegister(policy, email));
}

/** `example.org` allows ann@example.org, and not ann@mail.example.org. No domain at all allows every one. */
export function isAllowedDomain(domains: readonly string[], email: string): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf('@') + 1));
}
