/** The cookies of this site: what they are called, and that no script and no other site gets them. */

import { cookiePrefix, isSecure } from '#accounts/session-cookie.ts';
import type { Site } from './site.ts';

export function cookieName({ url }: Pick<Site, 'url'>, what: string): string {
  return `${cookiePrefix(url)}.${what}`;
}

export function ownCookie({ url }: Pick<Site, 'url'>) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(url) } as const;
}
