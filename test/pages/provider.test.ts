/** Signing in at an OpenID Connect provider, with the faults that providers have. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { oidcSettings, openOidcServer } from '../oidc-server.ts';
import type { Behaviour } from '../oidc-server.ts';
import { openSite } from '../site.ts';
import type { Page, TestSite } from '../site.ts';

const SESSION = '__Host-broadsheet.session_token';
const ANN = { sub: '248289761001', email: 'Ann@example.org', email_verified: true, name: 'Ann Lee' };

function cookieHeader({ headers }: Page): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** As a browser would: to the provider and back. */
async function signIn(site: TestSite, next = '/about', keep = (cookie: string) => cookie): Promise<Page> {
  const away = await site.post('/sign-in/provider', { next });
  assert.equal(away.status, 200, away.text);
  const [, url = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(away.html) ?? [];
  const there = await fetch(url.replaceAll('&amp;', '&'), { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  assert.equal(back.origin + back.pathname, 'https://papers.example/auth/callback/oidc');
  return await site.get(back.pathname + back.search, { Accept: 'text/html', Cookie: keep(cookieHeader(away)) });
}

for (const dialect of dialects) {
  describe(`a provider (${dialect})`, () => {
    test('signs somebody in, makes an account once, and leads back', async () => {
      await using provider = await openOidcServer(ANN);
      await using site = await openSite({ dialect, starter: false, settings: oidcSettings(provider) });
      assert.match((await site.get('/sign-in')).text, /Sign in with Lab login/);
      const first = await signIn(site);
      assert.equal(first.status, 303, first.text);
      assert.equal(first.headers.get('location'), '/about');
      const page = await site.get('/settings', { Cookie: cookieHeader(first) });
      assert.match(page.html, /value="Ann Lee"/);
      assert.match(page.text, /ann@example\.org/);
      assert.equal((await signIn(site)).status, 303);
      assert.equal((await site.db.selectFrom('users').selectAll().execute()).length, 1);
      const [kept] = await site.db.selectFrom('provider_accounts').selectAll().execute();
      assert.equal(kept?.account_id, ANN.sub);
      assert.deepEqual([kept.access_token, kept.id_token, kept.refresh_token], [null, null, null]);
    });

    test('leads to the account that has the address, which the provider has confirmed', async () => {
      await using provider = await openOidcServer(ANN);
      await using site = await openSite({ dialect, starter: false, settings: oidcSettings(provider) });
      const { user } = await site.signIn('ann@example.org');
      const page = await signIn(site);
      assert.equal(page.status, 303, page.text);
      const [kept] = await site.db.selectFrom('provider_accounts').select('user_id').execute();
      assert.equal(kept?.user_id, user.id);
    });

    test('and nobody else', async () => {
      await using provider = await openOidcServer(ANN);
      await using site = await openSite({ dialect, starter: false, settings: oidcSettings(provider) });
      await site.signIn('ann@example.org');
      const faults: Behaviour[] = [
        { claims: { ...ANN, email_verified: false } },
        { claims: { sub: ANN.sub, email: ANN.email } },
        { claims: { sub: ANN.sub } },
        { claims: { sub: ANN.sub }, userInfo: { ...ANN, sub: 'somebody else' } },
        { claims: ANN, fault: 'wrong nonce' },
        { claims: ANN, fault: 'wrong audience' },
        { claims: ANN, fault: 'wrong issuer' },
        { claims: ANN, fault: 'expired' },
        { claims: ANN, fault: 'other key' },
        { claims: ANN, fault: 'no id token' },
        { claims: ANN, fault: 'refuses' },
      ];
      for (const fault of faults) {
        delete provider.behaviour.fault;
        delete provider.behaviour.userInfo;
        Object.assign(provider.behaviour, fault);
        const page = await signIn(site);
        const name = JSON.stringify(fault);
        assert.equal(page.status, 403, name);
        assert.match(page.text, /Lab login did not sign you in here/, name);
        assert.ok(!page.headers.getSetCookie().some((cookie) => cookie.startsWith(SESSION)), name);
      }
      assert.equal(
        (await site.db.selectFrom('sessions').selectAll().execute()).length,
        1,
        'only the one that she made',
      );
      Object.assign(provider.behaviour, { claims: { sub: ANN.sub }, userInfo: ANN });
      delete provider.behaviour.fault;
      assert.equal((await signIn(site)).status, 303, 'an address that only user info tells');
    });

    test('an answer that another browser asked for is refused', async () => {
      await using provider = await openOidcServer(ANN);
      await using site = await openSite({ dialect, starter: false, settings: oidcSettings(provider) });
      const page = await signIn(site, '/', () => 'a=b');
      assert.equal(page.status, 403);
      assert.equal((await site.get('/auth/callback/oidc')).status, 403);
      assert.equal((await site.get('/auth/callback/oidc?code=a&state=b')).status, 403);
    });

    test('who may not make an account cannot make one this way', async () => {
      await using provider = await openOidcServer({ ...ANN, email: 'eve@example.org', sub: '2' });
      const settings = { ...oidcSettings(provider), REGISTRATION: 'invite' };
      await using site = await openSite({ dialect, starter: false, settings });
      await site.signIn('ann@example.org');
      const page = await signIn(site);
      assert.equal(page.status, 403);
      assert.equal((await site.db.selectFrom('users').selectAll().execute()).length, 1);
    });

    test('that is down, or is another one, is said so; it is asked again the next time', async () => {
      const provider = await openOidcServer(ANN);
      await using site = await openSite({ dialect, starter: false, settings: oidcSettings(provider) });
      provider.behaviour.fault = 'wrong description';
      const wrong = await site.post('/sign-in/provider', { next: '/' }, { Accept: 'text/html' });
      assert.equal(wrong.status, 502);
      assert.match(wrong.text, /Lab login cannot be reached.*sign in by mail/);
      delete provider.behaviour.fault;
      assert.equal((await signIn(site)).status, 303);
      await provider.close();
      await using other = await openSite({ dialect, starter: false, settings: oidcSettings(provider) });
      assert.equal((await other.post('/sign-in/provider', { next: '/' })).status, 502);
      assert.equal((await other.post('/sign-in', { email: 'ann@example.org' })).status, 303, 'mail still works');
    });

    test('that is not configured has no addresses', async () => {
      await using site = await openSite({ dialect, starter: false });
      assert.equal((await site.post('/sign-in/provider', {})).status, 404);
      assert.equal((await site.get('/auth/callback/oidc')).status, 404);
      for (const path of [
        '/auth/sign-in/social',
        '/auth/get-session',
        '/auth/ok',
        '/auth/list-sessions',
        '/auth/sign-up/email',
      ])
        assert.equal((await site.get(path)).status, 404, `${path}: better-auth’s own addresses are closed`);
    });
  });
}
