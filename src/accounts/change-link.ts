/**
 * The link that confirms a new mail address: sealed, good for an hour, and only as long as the old address stands. It is
 * mailed to an address that may be somebody else's by a slip, so nobody else can read the old one out of it.
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import { mayMoveTo } from './registration.ts';
import { sign } from './signature.ts';
import { findUser, findUserOfMailbox } from './store.ts';
import { mailboxOf } from './user.ts';

export const CHANGE_EMAIL_PATH = '/settings/email';

/** As long as a sign-in link. */
const LINK_MS = 60 * 60_000;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Change {
  userId: string;
  from: string;
  to: string;
}

/** Undefined if there is nothing to confirm: the account is gone or banned, or the address belongs to one or cannot be taken. */
export async function makeChangeLink(accounts: Accounts, userId: string, to: string): Promise<string | undefined> {
  const { db, clock, secret } = accounts;
  const [user, other] = [await findUser(db, userId), await findUserOfMailbox(db, mailboxOf(to), userId)];
  if (user === undefined || user.email === null || user.bannedAt !== null || other !== undefined) return undefined;
  if (!(await mayMoveTo(accounts, to))) return undefined;
  const token = seal(JSON.stringify([userId, user.email, to, clock.now() + LINK_MS]), secret());
  return `${CHANGE_EMAIL_PATH}?${new URLSearchParams({ token }).toString()}`;
}

/** Undefined if it is not ours or too old. */
export function readChange(accounts: Accounts, token: string): Change | undefined {
  const text = unseal(token, accounts.secret());
  if (text === undefined) return undefined;
  const [userId, from, to, until] = JSON.parse(text) as [string, string, string, number];
  return accounts.clock.now() < until ? { userId, from, to } : undefined;
}

/** AES-256-GCM: nobody reads or alters it without our secret. In bytes: nonce, tag, text. */
function seal(text: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Undefined if we did not seal it. */
function unseal(token: string, secret: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

/** A key for this alone, made of the secret that signs everything else. */
function keyOf(secret: string): Buffer {
  return sign('key of links that change a mail address', secret);
}
