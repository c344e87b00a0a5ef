/** Where to go on after signing in: a path of this site, whatever the address says. */

/** Longer ones are no address of ours. */
const LONGEST = 2000;
/** What `URL` would leave as it is: one name and a query of letters that mean nothing else in it. */
const ORDINARY = /^\/\w*(?:\?[\w\-.~%!$&()*+,;=:@/?]+)?$/;
/** No page to come back to. */
const SIGN_IN = /^\/sign-(?:in|out)(?:[/?#]|$)/;

/**
 * `/` for everything that leads, or might lead, elsewhere: other schemes and hosts (`https:`, `//host`), backslashes,
 * which browsers read as slashes, control characters, which they leave out, and paths that become `//host` once their
 * dots are gone (`/.//host`).
 */
export function safeNext(text: string | undefined): string {
  if (text === undefined || !text.startsWith('/') || text.length > LONGEST) return '/';
  if (ORDINARY.test(text)) return text;
  if (/[\\\p{Cc}]/u.test(text) || text.startsWith('//')) return '/';
  const base = 'http://here.invalid';
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url === undefined || url.origin !== base || url.pathname.startsWith('//')) return '/';
  const path = url.pathname + url.search + url.hash;
  return SIGN_IN.test(path) ? '/' : path;
}

/** The sign-in page that leads back to `next`. */
export function signInPath(next: string): string {
  const safe = safeNext(next);
  return safe === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next: safe }).toString()}`;
}
