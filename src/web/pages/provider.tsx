/** Signing in at an OpenID Connect provider, seen from this site. */

import type { Context } from 'hono';
import { arriveFromProvider, leaveForProvider, providerName } from '#accounts/oidc.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { Layout } from '../components/layout.tsx';
import { readForm } from '../form.ts';
import { safeNext } from '../next-path.ts';
import type { Site } from '../site.ts';
import { endFormerSession } from '../viewer.ts';

/**
 * A page that goes on by itself, because the Content-Security-Policy lets forms lead nowhere but here, redirects
 * included, and the provider's address is not known before it has been asked.
 */
export async function leaveForm(site: Site, c: Context): Promise<Response> {
  requireProvider(site);
  const next = safeNext((await readForm(c)).text('next'));
  const { url, cookies } = await leaveForProvider(site.accounts, next);
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
  c.header('Cache-Control', 'no-store');
  const name = providerName(site.config);
  return await c.html(
    <Layout
      site={site}
      c={c}
      title={`On to ${name}`}
      head={
        <>
          <meta name="robots" content="noindex" />
          <meta http-equiv="refresh" content={`0; url=${url}`} />
        </>
      }
    >
      <main id="main" class="prose">
        <h1>On to {name}</h1>
        <p>
          <a class="button" href={url} rel="noreferrer">
            Sign in at {name}
          </a>
        </p>
      </main>
    </Layout>,
  );
}

export async function arrivePage(site: Site, c: Context): Promise<Response> {
  requireProvider(site);
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const arrived = await arriveFromProvider(site.accounts, { search: new URL(c.req.url).search, headers });
  if (arrived === undefined)
    throw new AppError('forbidden', `${providerName(site.config)} did not sign you in here.`, {
      hint: 'It has to confirm your mail address; you may need an invitation, or have an account by another address of the same mailbox. Try again, or sign in by mail.',
    });
  await endFormerSession(site, c);
  for (const cookie of arrived.cookies) c.header('Set-Cookie', cookie, { append: true });
  return c.redirect(safeNext(arrived.next), 303);
}

function requireProvider(site: Site): void {
  if (site.config.OIDC_ISSUER === '') throw notFound('There is no page at this address.');
}
