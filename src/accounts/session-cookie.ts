/** The cookie that holds a session: what it is called, and what it must say. */

import { isSignature, sign } from './signature.ts';

/**
 * `__Host-` makes browsers refuse the cookie from another host of the domain and without TLS. Over plain HTTP, which
 * is what a first look on localhost is, they refuse it as well, so it has a plain name there.
 */
export function cookiePrefix(url: string): string {
  return isSecure(url) ? '__Host-broadsheet' : 'broadsheet';
}

export function isSecure(url: string): boolean {
  return url.startsWith('https://');
}

export function sessionCookieName(url: string): string {
  return `${cookiePrefix(url)}.session_token`;
}

/** As better-auth writes it: the token, a dot, its signature in base64; the whole in percent signs. */
export function readSessionCookie(value: string, secret: string): string | undefined {
  const at = value.lastIndexOf('.');
  if (at < 1) return undefined;
  const token = value.slice(0, at);
  return isSignature(Buffer.from(value.slice(at + 1), 'base64'), token, secret) ? token : undefined;
}

/** The reverse, without the percent signs. */
export function writeSessionCookie(token: string, secret: string): string {
  return `${token}.${sign(token, secret).toString('base64')}`;
}
