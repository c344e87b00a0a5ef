/** Refuses forms that another site sent in a reader's name (CSRF), the sign-in form included. */

import type { Context, MiddlewareHandler } from 'hono';
import { bearerToken } from '#accounts/access-token.ts';
import { AppError } from '#platform/errors.ts';
import type { Site } from './site.ts';
import { SAFE } from './viewer.ts';

/** Nobody here has written what is in it. */
export class ForgedForm extends AppError {}

/**
 * Browsers say with every POST where it comes from, in `Sec-Fetch-Site`, in `Origin`, or in both; whatever they say
 * has to be right. Who says neither is no browser, so it holds nobody's cookies but its own. An access token is not
 * sent by itself, so nothing can be forged with it. hono's csrf() would let one of the two answer for the other, and
 * looks at forms only.
 */
export function refuseForged(site: Site): MiddlewareHandler {
  return async (c, next) => {
    const isAskedByToken = bearerToken(c.req.header('authorization')) !== undefined;
    if (!SAFE.has(c.req.method) && !isAskedByToken && !isFromHere(site, c)) {
      throw new ForgedForm('forbidden', 'This form was sent from another site, so nothing was done.', {
        hint: `Send it from a page of ${site.url}. If you did, this site may be known to the program under another address: its operator sets PUBLIC_URL.`,
      });
    }
    await next();
  };
}

function isFromHere(site: Site, c: Context): boolean {
  const relation = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  // `none`: the reader did it, by opening the page again.
  if (relation !== undefined && relation !== 'same-origin' && relation !== 'none') return false;
  // The address that was asked, too: a browser names the host that it really talks to.
  return origin === undefined || origin === new URL(site.url).origin || origin === new URL(c.req.url).origin;
}
