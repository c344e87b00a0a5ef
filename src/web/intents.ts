/**
 * What somebody meant to do when they had to sign in first is carried over in a cookie of their browser: signed, for
 * one action on one page, for an hour. An address that did the same would do it for whoever opens it.
 */

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { viewerOf } from '#accounts/current-viewer.ts';
import { readIntent, signIntent } from '#accounts/intent.ts';
import type { Intent } from '#accounts/intent.ts';
import { signInPath } from './next-path.ts';
import { cookieName, ownCookie } from './own-cookie.ts';
import type { Site } from './site.ts';

const MAX_AGE = 60 * 60;

function nameOf(site: Site): string {
  return cookieName(site, 'intent');
}

/**
 * The answer to a form that a reader sent who is not signed in: off to the sign-in page, and afterwards to
 * `intent.path`, whose handler asks `takeIntent` and does it.
 */
export function signInFirst(site: Site, c: Context, intent: Intent): Response {
  const text = signIntent(intent, site.accounts.secret(), site.clock.now());
  setCookie(c, nameOf(site), text, { ...ownCookie(site), maxAge: MAX_AGE });
  return c.redirect(signInPath(intent.path), 303);
}

/** What is going to be done once somebody has signed in and comes to `next`: the sign-in page says so. */
export function intentAt(site: Site, c: Context, next: string): Intent | undefined {
  const intent = readIntent(getCookie(c, nameOf(site)) ?? '', site.accounts.secret(), site.clock.now());
  return intent?.path === next ? intent : undefined;
}

/**
 * What the reader of this very page wanted to do here before they signed in, once; undefined if nothing. Ask in the
 * GET handler of `intent.path`; it is safe to act on, because only a form of this site can have made it. Answer with
 * a redirect to the page (303), so that a reload does not ask again.
 */
export function takeIntent(site: Site, c: Context): Intent | undefined {
  const text = getCookie(c, nameOf(site));
  if (text === undefined || viewerOf(c) === undefined) return undefined;
  const intent = readIntent(text, site.accounts.secret(), site.clock.now());
  if (intent !== undefined && new URL(intent.path, site.url).pathname !== c.req.path) return undefined;
  deleteCookie(c, nameOf(site), ownCookie(site));
  return intent;
}
