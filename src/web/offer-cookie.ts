/** Whether this browser's reader wants to be offered mail: not after saying no, and not after subscribing. */

import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { cookieName, ownCookie } from './own-cookie.ts';
import type { Site } from './site.ts';

/** Browsers keep cookies for 400 days at most. */
const MAX_AGE = 365 * 86_400;

const NAME = 'offer';

export function isOfferWanted(site: Site, c: Context): boolean {
  return getCookie(c, cookieName(site, NAME)) === undefined;
}

export function endOffer(site: Site, c: Context): void {
  setCookie(c, cookieName(site, NAME), 'no', { ...ownCookie(site), maxAge: MAX_AGE });
}
