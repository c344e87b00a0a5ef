/** Links that sign in: made, and used once. */

import { isRecord } from '#platform/is-record.ts';
import type { Db } from '#schema.ts';
import { hashSecret } from './access-token.ts';
import type { Accounts } from './accounts.ts';
import { NotWelcome } from './add-user.ts';
import type { LinkTaker } from './auth.ts';
import { maySignIn } from './registration.ts';
import { isSignature, sign } from './signature.ts';

export const LINK_PATH = '/sign-in/link';

/** A path of the site that signs in once, within an hour, or undefined if the address may not. */
export async function makeSignInLink(accounts: Accounts, email: string, next: string): Promise<string | undefined> {
  const token = await makeToken(accounts, email);
  if (token === undefined) return undefined;
  const asked = askedMark(accounts, token, askedBy(accounts, email));
  return linkPath({ token, asked, ...(next === '/' ? {} : { next }) });
}

/** The same for the operator to hand on: it signs in at once, in whichever browser it is opened. */
export async function makeDirectLink(accounts: Accounts, email: string): Promise<string | undefined> {
  const token = await makeToken(accounts, email);
  return token && linkPath({ token, direct: directMark(accounts, token) });
}

async function makeToken(accounts: Accounts, email: string): Promise<string | undefined> {
  if (!(await maySignIn(accounts, email))) return undefined;
  let token = '';
  const taker: LinkTaker = { take: (made) => void (token = made) };
  const auth = await accounts.auth();
  await auth.api.signInMagicLink({ body: { email, metadata: { ...taker } }, headers: new Headers() });
  return token;
}

function linkPath(query: Record<string, string>): string {
  return `${LINK_PATH}?${new URLSearchParams(query).toString()}`;
}

/** What the operator's link carries besides, so that it needs no confirmation. */
function directMark(accounts: Accounts, token: string): string {
  return sign(`direct:${token}`, accounts.secret()).toString('base64url');
}

export function isDirect(accounts: Accounts, token: string, mark = ''): boolean {
  return isSignature(Buffer.from(mark, 'base64url'), `direct:${token}`, accounts.secret());
}

/**
 * What a browser keeps that asked for a link to an address (lower case). It says nothing of the address, and is no use for
 * the link of another one: whoever asks for two addresses has two.
 */
export function askedBy(accounts: Accounts, email: string): string {
  return sign(`asked:${email}`, accounts.secret()).toString('base64url');
}

/** What a link carries, so that the browser that asked for it is known by what it keeps. */
function askedMark(accounts: Accounts, token: string, kept: string): string {
  return sign(`link:${token}:${kept}`, accounts.secret()).toString('base64url');
}

/** `kept`: of the browser that opens the link; `mark`: of the link. */
export function isAsked(accounts: Accounts, token: string, kept: string, mark = ''): boolean {
  return isSignature(Buffer.from(mark, 'base64url'), `link:${token}:${kept}`, accounts.secret());
}

/** The address (lower case) that a link signs in, as long as it works. Uses nothing up. One query. */
export async function findLinkEmail(db: Db, token: string, now: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('verifications')
    .select('value')
    .where('identifier', '=', hashSecret(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  const value: unknown = row && JSON.parse(row.value);
  return isRecord(value) && typeof value['email'] === 'string' ? value['email'] : undefined;
}

export interface NewSession {
  userId: string;
  /** Values of Set-Cookie. */
  cookies: string[];
}

/** Uses a link. Undefined if it was used, is too old, or its address may not have an account (any more). */
export async function signInByLink(
  accounts: Accounts,
  token: string,
  userAgent: string,
): Promise<NewSession | undefined> {
  const auth = await accounts.auth();
  const headers = new Headers({ 'User-Agent': userAgent });
  try {
    const { headers: given, response } = await auth.api.magicLinkVerify({
      query: { token },
      headers,
      returnHeaders: true,
    });
    return { userId: response.user.id, cookies: given.getSetCookie() };
  } catch (error) {
    // It answers a link that does not work by leading elsewhere, with the reason in the address.
    if (error instanceof NotWelcome || (error as { status?: unknown }).status === 'FOUND') return undefined;
    throw error;
  }
}

/** Ends a session by what its cookie said, if it is still there. */
export async function signOut(db: Db, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token', '=', token).execute();
}
