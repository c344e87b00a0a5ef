/** `/settings/deleted`: what somebody is told whose account is gone. */

import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { viewerOf } from '#accounts/current-viewer.ts';
import { ENDING, STAYING } from '#accounts/what-ends.ts';
import { Layout } from '../../components/layout.tsx';
import { cookieName, ownCookie } from '../../own-cookie.ts';
import type { Site } from '../../site.ts';

/** Time to read it, and to reload it once. */
const TOLD_SECONDS = 10 * 60;

function nameOf(site: Site): string {
  return cookieName(site, 'left');
}

/** Where the form leads that deletes an account. A cookie says that it did: a link to the page from elsewhere would be a lie. */
export function toLeftPage(site: Site, c: Context): Response {
  setCookie(c, nameOf(site), '1', { ...ownCookie(site), maxAge: TOLD_SECONDS });
  return c.redirect('/settings/deleted', 303);
}

export function leftPage(site: Site, c: Context): Response | Promise<Response> {
  if (getCookie(c, nameOf(site)) === undefined || viewerOf(c) !== undefined) return c.redirect('/', 303);
  c.header('Cache-Control', 'private, no-store');
  return c.html(
    <Layout site={site} c={c} title="Your account is deleted" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose">
        <h1>Your account is deleted</h1>
        <p role="status">
          Your {ENDING} have ended. {STAYING}. A mail to your address says so, too.
        </p>
        <p>
          <a class="button" href="/">
            Read the latest papers
          </a>
        </p>
      </main>
    </Layout>,
  );
}
