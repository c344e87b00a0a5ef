/** Signing in by mail, through the real pages, on both databases. */

import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { mailsOf } from '../mailbox.ts';
import { openSite } from '../site.ts';
import type { Page, SiteOptions, TestSite } from '../site.ts';

const open = async (options: SiteOptions) => await openSite({ starter: false, ...options });
const HOUR = 3_600_000;
const SESSION = '__Host-broadsheet.session_token';

/** Name and value of what a browser would keep. */
function cookiesOf({ headers }: Page): Record<string, string> {
  return Object.fromEntries(
    headers.getSetCookie().map((line) => {
      const [pair = ''] = line.split(';');
      return pair.split(/=(.*)/s).slice(0, 2) as [string, string];
    }),
  );
}

/** Asks for a link and gives its path. */
async function ask(site: TestSite, email: string, next = '/'): Promise<{ path: string; asked: string }> {
  const before = (await mailsOf(site)).length;
  const page = await site.post('/sign-in', { email, next });
  const all = await mailsOf(site);
  assert.equal(all.length, before + 1, 'one mail came');
  const [link = ''] = /https:\/\/\S+/.exec(all.at(-1)?.text ?? '') ?? [];
  const { pathname, search } = new URL(link);
  const [[name, value] = []] = Object.entries(cookiesOf(page));
  return { path: pathname + search, asked: `${name}=${value}` };
}

for (const dialect of dialects) {
  describe(`signing in (${dialect})`, () => {
    test('a link comes by mail, signs in once, and leads back to where one was', async () => {
      await using site = await open({ dialect });
      assert.match((await site.get('/about')).html, /href="\/sign-in\?next=%2Fabout"/);
      const { path, asked } = await ask(site, ' Ann@Example.org', '/about');
      const page = await site.get(path, { Accept: 'text/html', Cookie: asked });
      assert.equal(page.status, 303);
      assert.equal(page.headers.get('location'), '/about');
      const cookie = `${SESSION}=${cookiesOf(page)[SESSION]}`;
      assert.match((await site.get('/', { Accept: 'text/html', Cookie: cookie })).text, /Account of @ann/);
      const again = await site.get(path, { Accept: 'text/html', Cookie: asked });
      assert.equal(again.status, 400);
      assert.match(again.text, /does not work any more/);
      assert.equal(cookiesOf(again)[SESSION], undefined);
      const [user] = await site.db.selectFrom('users').selectAll().execute();
      assert.deepEqual([user?.email, user?.name, user?.role], ['ann@example.org', 'ann', 'admin']);
      assert.match(user?.id ?? '', /^[0-9a-f]{24}$/);
      assert.ok(Math.abs((user?.created_at ?? 0) - site.clock.now()) < 60_000, 'by the clock that was handed in');
    });

    test('a link that was used says to who is signed in that they are', async () => {
      await using site = await open({ dialect });
      const { path, asked } = await ask(site, 'ann@example.org', '/about');
      const page = await site.get(path, { Accept: 'text/html', Cookie: asked });
      const cookie = `${SESSION}=${cookiesOf(page)[SESSION]}`;
      const token = new URL(path, 'https://papers.example').searchParams.get('token') ?? '';
      // The button pressed twice: the second press has the session of the first, or was too fast for it.
      const again = await site.post(
        '/sign-in/link',
        { token, next: '/about' },
        { Accept: 'text/html', Cookie: cookie },
      );
      assert.equal(again.status, 200);
      assert.match(again.text, /You are signed in As ann \(@ann\)\./);
      assert.match(again.html, /<a class="button" href="\/about">/);
      assert.equal(cookiesOf(again)[SESSION], undefined);
      const faster = await site.post('/sign-in/link', { token, next: '/about' }, { Accept: 'text/html' });
      assert.equal(faster.status, 400);
      assert.match(faster.html, /If you pressed twice, you are in already: <a href="\/about">go on<\/a>/);
    });

    test('the cookie is bound to the host, closed to scripts and to other sites', async () => {
      await using site = await open({ dialect });
      const { path, asked } = await ask(site, 'ann@example.org');
      const page = await site.get(path, { Cookie: asked });
      const line = page.headers.getSetCookie().find((one) => one.startsWith(SESSION)) ?? '';
      for (const part of [/HttpOnly/i, /Secure/i, /SameSite=Lax/i, /Path=\/(;|$)/i]) assert.match(line, part);
      assert.doesNotMatch(line, /Domain=/i);
    });

    test('elsewhere than where it was asked for, a link waits for a press of a button', async () => {
      await using site = await open({ dialect });
      const { path } = await ask(site, 'ann@example.org');
      for (const method of ['GET', 'HEAD', 'GET']) {
        const page = await site.get(path, { Accept: 'text/html' }, method);
        assert.equal(page.status, 200, 'a mail scanner uses nothing up');
        assert.deepEqual(page.headers.getSetCookie(), []);
      }
      const token = new URL(path, 'https://papers.example').searchParams.get('token') ?? '';
      const page = await site.post('/sign-in/link', { token, next: '/about' });
      assert.equal(page.status, 303);
      assert.ok(cookiesOf(page)[SESSION]);
    });

    test('a stranger’s link waits for a press of a button where somebody waits for a link of their own', async () => {
      await using site = await open({ dialect });
      const ann = await ask(site, 'ann@example.org');
      const mallory = await ask(site, 'mallory@example.org');
      const [, own = ''] = /[?&]asked=([^&]*)/.exec(ann.path) ?? [];
      // The link as it came, with the mark of hers, with what her browser keeps, and with none.
      const kept = ann.asked.slice(ann.asked.indexOf('=') + 1);
      for (const mark of [undefined, own, kept, '']) {
        const path = mark === undefined ? mallory.path : mallory.path.replace(/asked=[^&]*/, `asked=${mark}`);
        const page = await site.get(path, { Accept: 'text/html', Cookie: ann.asked });
        assert.equal(page.status, 200, path);
        assert.match(page.text, /You have opened a sign-in link for m…@example\.org/);
        assert.deepEqual(page.headers.getSetCookie(), []);
      }
      assert.equal((await site.get(ann.path, { Accept: 'text/html', Cookie: ann.asked })).status, 303);
    });

    test('a link says whose account it opens, and who is signed out by it, to nobody but who holds it', async () => {
      await using site = await open({ dialect });
      const ben = await site.signIn('ben@example.org');
      const { path } = await ask(site, 'evil@lab.example.org');
      const seen = await ben.get(path);
      assert.match(seen.text, /for e…@lab\.example\.org . It works once\..*Sign in as e…@lab/);
      assert.match(seen.text, /You are signed in as @ben, another account, and will be signed out of it\./);
      assert.doesNotMatch(seen.html, /evil/);
      const own = await ben.get((await ask(site, 'ben@example.org')).path);
      assert.match(own.text, /b…@example\.org.*You are signed in to this account already\./);
      assert.doesNotMatch(own.text, /signed out of it/);
      assert.doesNotMatch((await site.get(path)).text, /signed in as|already/);
      // Of a link that was made up, that was used or that is too old nothing is said.
      const forged = await site.get('/sign-in/link?token=abcdefghijklmnopqrstuvwxyzabcdef');
      assert.equal(forged.status, 400);
      assert.match(forged.text, /does not work any more/);
      const token = new URL(path, 'https://papers.example').searchParams.get('token') ?? '';
      await site.post('/sign-in/link', { token, next: '/' });
      const used = await site.get(path);
      assert.equal(used.status, 400);
      assert.doesNotMatch(used.text, /e…@/);
      assert.match((await ben.get(path)).text, /You are signed in As ben \(@ben\)\./);
    });

    test('a link is too old after an hour', async () => {
      await using site = await open({ dialect });
      const { path, asked } = await ask(site, 'ann@example.org');
      site.clock.advance(HOUR);
      assert.equal((await site.get(path, { Cookie: asked })).status, 400);
      assert.equal((await site.db.selectFrom('users').selectAll().execute()).length, 0);
    });

    test('of many who open the same link at once one comes in', async () => {
      await using site = await open({ dialect });
      const { path, asked } = await ask(site, 'ann@example.org');
      const pages = await Promise.all(Array.from({ length: 8 }, async () => await site.get(path, { Cookie: asked })));
      assert.deepEqual(
        pages.map((page) => page.status).toSorted((a, b) => a - b),
        [303, 400, 400, 400, 400, 400, 400, 400],
      );
      assert.equal((await site.db.selectFrom('sessions').selectAll().execute()).length, 1);
    });

    test('of many first accounts one is the admin, and everybody has a name of their own', async () => {
      await using site = await open({ dialect });
      const links = [];
      for (let index = 0; index < 6; index += 1) links.push(await ask(site, `ann@lab${index}.example`));
      await Promise.all(links.map(async ({ path, asked }) => await site.get(path, { Cookie: asked })));
      const users = await site.db.selectFrom('users').select(['role', 'name']).execute();
      assert.equal(users.length, 6);
      assert.equal(users.filter((user) => user.role === 'admin').length, 1);
      assert.equal(new Set(users.map((user) => user.name)).size, 6);
    });

    test('on a site that is closed the first account is the only one, however many come at once', async () => {
      await using site = await open({ dialect, settings: { REGISTRATION: 'closed' } });
      const links = [];
      for (let index = 0; index < 6; index += 1) links.push(await ask(site, `ann@lab${index}.example`));
      const pages = await Promise.all(links.map(async ({ path, asked }) => await site.get(path, { Cookie: asked })));
      assert.deepEqual(
        pages.map((page) => page.status).toSorted((a, b) => a - b),
        [303, 400, 400, 400, 400, 400],
      );
      const users = await site.db.selectFrom('users').select('role').execute();
      assert.deepEqual(
        users.map(({ role }) => role),
        ['admin'],
      );
    });

    test('a session ends when one signs out, and after ninety days without a visit', async () => {
      await using site = await open({ dialect });
      const ann = await site.signIn('ann@example.org');
      assert.match((await ann.get('/about')).text, /Account of @ann/);
      const out = await ann.post('/sign-out');
      assert.match(out.headers.getSetCookie().join(), /session_token=;.*Max-Age=0/);
      assert.match((await ann.get('/about')).text, /Sign in/);
      const again = await site.signIn('ann@example.org');
      site.clock.advance(60 * 24 * HOUR);
      const visit = await again.get('/about');
      assert.match(visit.text, /Account of @ann/);
      assert.match(visit.headers.getSetCookie().join(), /session_token=.*Max-Age=7776000/, 'the cookie is prolonged');
      site.clock.advance(60 * 24 * HOUR);
      assert.match((await again.get('/about')).text, /Account of @ann/, 'a visit prolongs it');
      site.clock.advance(90 * 24 * HOUR);
      assert.match((await again.get('/about')).text, /Sign in/);
    });

    test('a session that somebody else put into the browser is not the one that is used after signing in', async () => {
      await using site = await open({ dialect });
      const mallory = await site.signIn('mallory@example.org');
      const { path, asked } = await ask(site, 'ann@example.org');
      const page = await site.get(path, { Cookie: `${asked}; ${mallory.cookie}` });
      const mine = `${SESSION}=${cookiesOf(page)[SESSION]}`;
      assert.notEqual(mine, mallory.cookie);
      assert.match((await site.get('/', { Cookie: mine })).text, /Account of @ann/);
      assert.match((await mallory.get('/about')).text, /Sign in/, 'the one foisted on her is no session any more');
    });

    test('the form answers the same whoever is asked for, and mails only who may come', async () => {
      await using site = await open({ dialect, settings: { REGISTRATION: 'closed' } });
      await site.signIn('ann@example.org');
      const answers = [];
      for (const email of ['ann@example.org', 'nobody@example.org']) {
        site.queries.length = 0;
        const { status, headers, html } = await site.post('/sign-in', { email, next: '/' });
        const queries = site.queries.slice(0, site.queries.findIndex((sql) => sql.includes('account_mails')) + 1);
        await site.app.later.settled();
        // The cookie is made of the address alone, and of a secret.
        const told = [...headers].map(([name, value]) => [name, value.replace(/(asked=)[\w-]{43};/, '$1…;')]);
        answers.push({ status, html, headers: told.filter(([name]) => name !== 'date'), queries });
      }
      assert.deepEqual(answers[0], answers[1]);
      assert.deepEqual(
        (await mailsOf(site)).map((mail) => mail.to),
        ['ann@example.org'],
      );
      assert.equal((await site.post('/sign-in', { email: 'no address' })).status, 422);
    });

    test('mail on disk and the secret are for their owner only', async () => {
      await using site = await open({ dialect });
      await ask(site, 'ann@example.org');
      const folder = site.app.config.DATA_DIR;
      const [name = ''] = await readdir(join(folder, 'mail'));
      const modes = ['mail', join('mail', name), 'auth-secret'].map(
        async (path) => (await stat(join(folder, path))).mode,
      );
      assert.deepEqual(
        (await Promise.all(modes)).map((mode) => mode & 0o777),
        [0o700, 0o600, 0o600],
      );
    });

    test('pages of those who are not signed in set no cookie and ask the database for nobody', async () => {
      await using site = await open({ dialect });
      site.queries.length = 0;
      const page = await site.get('/about');
      assert.deepEqual(page.headers.getSetCookie(), []);
      assert.ok(!site.queries.some((sql) => /users|sessions/.test(sql)));
      assert.equal(page.headers.get('x-frame-options'), 'DENY');
      assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    });

    test('a cookie with another signature is nobody’s', async () => {
      await using site = await open({ dialect });
      const ann = await site.signIn('ann@example.org');
      for (const cookie of [
        ann.cookie.slice(0, -6),
        ann.cookie.replace(/\.[^.]*$/, ''),
        `${SESSION}=x.y`,
        `${SESSION}=%`,
      ])
        assert.match((await site.get('/about', { Cookie: cookie })).text, /Sign in/, cookie);
    });
  });
}
