/** Finds out who asks, before any page is made: by the session's cookie, or by an access token. */

import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { bearerToken } from '#accounts/access-token.ts';
import { SignedOut } from '#accounts/current-viewer.ts';
import type { Asker } from '#accounts/current-viewer.ts';
import { readSessionCookie, sessionCookieName, writeSessionCookie } from '#accounts/session-cookie.ts';
import { renewSession, SESSION_SECONDS } from '#accounts/sessions.ts';
import { signOut } from '#accounts/sign-in-link.ts';
import { findSignedIn } from '#accounts/viewer.ts';
import { useToken } from '#accounts/use-token.ts';
import { OPEN_REPORTS } from '#discussion/moderation/store.ts';
import { AppError } from '#platform/errors.ts';
import { ownCookie } from './own-cookie.ts';
import type { Site } from './site.ts';

/** Methods that change nothing. */
export const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** One query for who is signed in, none for others. */
export function findViewer(site: Site): MiddlewareHandler {
  return async (c, next) => {
    const token = bearerToken(c.req.header('authorization'));
    const asker = token === undefined ? await byCookie(site, c) : await byToken(site, c, token);
    c.set('asker', asker);
    await next();
    // A page with somebody's name on it is nobody else's.
    if (asker !== undefined && !c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-cache');
  };
}

async function byToken(site: Site, c: Context, token: string): Promise<Asker> {
  const owner = await useToken(site.db, token, site.clock.now());
  if (owner === undefined) throw new SignedOut('This access token is not known here. It may have been revoked.', '/');
  if (owner.scope === 'read' && !SAFE.has(c.req.method))
    throw new AppError('forbidden', 'This access token may read only.', { hint: 'Make one with the scope write.' });
  return owner;
}

/** The token that the session's cookie carries, if the cookie is one of ours. */
export function sessionToken(site: Site, c: Context): string | undefined {
  const cookie = getCookie(c, sessionCookieName(site.url));
  return cookie === undefined ? undefined : readSessionCookie(cookie, site.accounts.secret());
}

/**
 * To be called when somebody signs in: the session that the browser had ends. The new one has another token, so nobody
 * can foist a session on somebody else and wait until it is theirs.
 */
export async function endFormerSession(site: Site, c: Context): Promise<void> {
  const former = sessionToken(site, c);
  if (former !== undefined) await signOut(site.db, former);
}

async function byCookie(site: Site, c: Context): Promise<Asker | undefined> {
  const { db, url, accounts } = site;
  const now = site.clock.now();
  const token = sessionToken(site, c);
  const found = token === undefined ? undefined : await findSignedIn(db, token, now, OPEN_REPORTS);
  if (found === undefined || token === undefined) return undefined;
  if (await renewSession(db, found.session, now)) {
    const options = { ...ownCookie(site), maxAge: SESSION_SECONDS };
    setCookie(c, sessionCookieName(url), writeSessionCookie(token, accounts.secret()), options);
  }
  return found;
}
