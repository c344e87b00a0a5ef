/** Whether this browser's reader wants to be offered mail: not after saying no, and not after subscribing. */

import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { cookiePrefix, isSecure } from '#accounts/session-cookie.ts';
import type { Site } from './site.ts';

/** Browsers keep cookies for 400 days at most. */
const MAX_AGE = 365 * 86_400;

function nameOf(site: Site): string {
  return `${cookiePrefix(site.url)}.offer`;
}

export function isOfferWanted(site: Site, c: Context): boolean {
  return getCookie(c, nameOf(site)) === undefined;
}

export function endOffer(site: Site, c: Context): void {
  const attributes = {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(site.url),
    maxAge: MAX_AGE,
  } as const;
  setCookie(c, nameOf(site), 'no', attributes);
}
