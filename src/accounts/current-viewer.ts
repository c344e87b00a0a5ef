/** Who asks for a page, in the handlers of `web` and `api`. */

import type { Context } from 'hono';
import { AppError } from '#platform/errors.ts';
import type { Scope } from './access-token.ts';
import { Banned } from './user.ts';
import type { Viewer } from './user.ts';
import type { Session } from './viewer.ts';

/** What the site's middleware has found out about a request. */
export interface Asker {
  viewer: Viewer;
  /** Of a browser; undefined for a program with an access token. */
  session?: Session;
  /** Reports that wait, if it is a moderator at a browser. */
  waiting?: number;
  /** Of an access token; undefined for a browser, which may do everything. */
  scope?: Scope;
}

declare module 'hono' {
  interface ContextVariableMap {
    asker: Asker | undefined;
  }
}

/** `next`: where a browser goes on after it has signed in. */
export class SignedOut extends AppError {
  readonly next: string;

  constructor(message: string, next: string) {
    super('signed-out', message, {
      hint: 'Programs send an access token, which the settings page makes: Authorization: Bearer broadsheet_…',
    });
    this.next = next;
  }
}

export function askerOf(c: Context): Asker | undefined {
  return c.get('asker');
}

/** Undefined if nobody is signed in. */
export function viewerOf(c: Context): Viewer | undefined {
  return askerOf(c)?.viewer;
}

/** Throws what becomes a way to the sign-in page in a browser, and a 401 for a program. `next` is a path of the site. */
export function requireViewer(c: Context, next: string = pathOf(c)): Viewer {
  const viewer = viewerOf(c);
  if (viewer === undefined) throw new SignedOut('You are not signed in.', next);
  return viewer;
}

/**
 * Somebody at a browser. A program with a leaked token must neither take the account over nor decide about others': settings,
 * roles and bans are for people.
 */
export function requirePerson(c: Context, next?: string): Viewer {
  const viewer = requireViewer(c, next);
  if (askerOf(c)?.session === undefined)
    throw new AppError('forbidden', 'This is done in a browser, not with an access token.');
  return viewer;
}

/** Somebody who may write. Whoever is banned may read, and leave. */
export function requireWriter(c: Context, next?: string): Viewer {
  const viewer = requireViewer(c, next);
  if (viewer.bannedAt !== null) throw new Banned(viewer);
  return viewer;
}

/** What a form posts to is no page to come back to. */
function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return c.req.method === 'GET' || c.req.method === 'HEAD' ? pathname + search : '/';
}
