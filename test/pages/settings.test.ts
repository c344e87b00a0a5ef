/** The settings of an account, on both databases. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

for (const dialect of dialects) {
  describe(`settings (${dialect})`, () => {
    let site: TestSite;
    before(async () => void (site = await openSite({ dialect, starter: false })));
    after(async () => await site[Symbol.asyncDispose]());

    test('who is not signed in is led to sign in and back; a program is told', async () => {
      const page = await site.get('/settings');
      assert.equal(page.status, 303);
      assert.equal(page.headers.get('location'), '/sign-in?next=%2Fsettings');
      const told = await site.get('/settings', { Accept: 'application/json' });
      assert.equal(told.status, 401);
      assert.equal(told.headers.get('www-authenticate'), 'Bearer');
      for (const path of ['/settings/profile', '/settings/delete', '/settings/tokens', '/settings/sessions'])
        assert.equal((await site.post(path, {})).status, 303, path);
    });

    test('a person changes how they are called; a name that is taken or wrong is refused in words', async () => {
      const ann = await site.signIn('ann@example.org');
      await site.signIn('bob@example.org');
      assert.equal((await ann.post('/settings/profile', { name: 'ann-lee', full_name: ' Ann  Lee ' })).status, 303);
      const profile = await site.get('/users/ann-lee');
      assert.match(profile.html, /<h1>Ann Lee <span class="handle">@ann-lee<\/span><\/h1>/);
      assert.match(profile.text, /@ann-lee.*here since Jan 8, 2026/);
      assert.doesNotMatch(profile.text, /example\.org/, 'the address is nobody’s business');
      assert.equal((await site.get('/users/ann')).headers.get('location'), '/users/ann-lee');
      assert.equal((await site.get('/users/Ann-Lee')).headers.get('location'), '/users/ann-lee');
      for (const [name, why] of [
        ['bob', /belongs to somebody else/],
        ['-x', /2 to 39 small letters/],
        ['admin', /kept for the site/],
        ['', /2 to 39 small letters/],
      ] as const) {
        const page = await ann.post('/settings/profile', { name, full_name: 'Ann "The" <Lee>' });
        assert.equal(page.status, 422);
        assert.match(page.text, why);
        assert.match(page.html, /value="Ann &quot;The&quot; &lt;Lee&gt;"/, 'what was typed is still there');
      }
      assert.equal(
        (await ann.post('/settings/profile', { name: 'ann-lee', full_name: '\u202eevil\u0000' })).status,
        303,
      );
      assert.match((await site.get('/users/ann-lee')).html, /<h1>evil <span class="handle">@ann-lee<\/span><\/h1>/);
    });

    test('a session is seen and ended; nobody ends somebody else’s', async () => {
      const one = await site.signIn('cat@example.org');
      const two = await site.signIn('cat@example.org');
      const dan = await site.signIn('dan@example.org');
      const page = await one.get('/settings');
      const ids = [...page.html.matchAll(/name="end" value="([0-9a-f]{24})"/g)].map(([, id]) => id ?? '');
      assert.equal(ids.length, 2);
      assert.match(page.text, /this browser/);
      for (const end of ids) await dan.post('/settings/sessions', { end });
      assert.match((await two.get('/about')).text, /Account of @cat/);
      await one.post('/settings/sessions', { end: 'others' });
      assert.match((await two.get('/about')).text, /Sign in/);
      assert.match((await one.get('/about')).text, /Account of @cat/);
    });

    test('what was saved is said', async () => {
      const gus = await site.signIn('gus@example.org');
      const other = await site.signIn('gus@example.org');
      await gus.post('/settings/tokens', { name: 'script', scope: 'read' });
      const before = (await gus.get('/settings')).html;
      const token = /tokens\/revoke"><input type="hidden" name="id" value="(\w+)"/.exec(before)?.[1] ?? '';
      for (const [path, fields, said] of [
        ['profile', { name: 'gus', full_name: 'Gus' }, /Profile Saved\./],
        ['sessions', { end: 'others' }, /Where you are signed in You are signed out everywhere else\./],
        ['sessions', { end: 'none' }, /Where you are signed in That browser is signed out\./],
        ['tokens/revoke', { id: token }, /Access tokens The token was revoked/],
        ['passkeys/remove', { id: 'none' }, /Passkeys The passkey was removed\./],
      ] as const) {
        const sent = await gus.post(`/settings/${path}`, fields);
        assert.equal(sent.status, 303);
        const [page = ''] = (sent.headers.get('location') ?? '').split('#');
        assert.match((await gus.get(page, { Referer: 'https://papers.example/settings' })).text, said, path);
        assert.doesNotMatch((await gus.get(page)).text, said, 'a link that somebody made says nothing');
      }
      assert.match((await other.get('/about')).text, /Sign in/);
      assert.doesNotMatch((await gus.get('/settings?saved=constructor')).text, /Saved|was /);
    });

    test('the page takes at most five queries', async () => {
      const eve = await site.signIn('eve@example.org');
      site.queries.length = 0;
      assert.equal((await eve.get('/settings')).status, 200);
      assert.ok(site.queries.length <= 5, `${site.queries.length} queries`);
      site.queries.length = 0;
      await eve.get('/about');
      assert.equal(site.queries.filter((sql) => /users|sessions/.test(sql)).length, 1, 'who asks is one query');
    });

    test('an access token is shown once, kept as a hash, signs a program in, and ends when it is revoked', async () => {
      const fay = await site.signIn('fay@example.org');
      const made = await fay.post('/settings/tokens', { name: 'my script', scope: 'read' });
      const [token = ''] = /broadsheet_[\w-]{43}/.exec(made.html) ?? [];
      assert.notEqual(token, '');
      assert.match(made.headers.get('cache-control') ?? '', /no-store/);
      const settings = await fay.get('/settings');
      assert.ok(!settings.html.includes(token));
      assert.match(settings.text, /my script/);
      const rows = await site.db.selectFrom('access_tokens').selectAll().execute();
      assert.ok(!JSON.stringify(rows).includes(token));
      const program = { Accept: 'text/html', Authorization: `Bearer ${token}` };
      assert.match((await site.get('/about', program)).text, /Account of @fay/);
      assert.equal((await site.post('/sign-out', {}, program)).status, 403, 'read is not write');
      assert.equal((await site.get('/settings/export.json', program)).status, 403, 'and not a person');
      const id = /action="\/settings\/tokens\/revoke"><input type="hidden" name="id" value="(\w+)"/.exec(
        settings.html,
      )?.[1];
      const dan = await site.signIn('dan@example.org');
      await dan.post('/settings/tokens/revoke', { id: id ?? '' });
      assert.match((await site.get('/about', program)).text, /Account of @fay/, 'somebody else cannot revoke it');
      await fay.post('/settings/tokens/revoke', { id: id ?? '' });
      const refused = await site.get('/about', program);
      assert.equal(refused.status, 401);
      assert.equal(
        (await site.get('/about', { Authorization: 'Bearer hf_abcdefgh' })).status,
        200,
        'others’ are not ours',
      );
    });

    test('a token that may write cannot change the account it belongs to', async () => {
      const gil = await site.signIn('gil@example.org');
      const made = await gil.post('/settings/tokens', { name: 'w', scope: 'write' });
      const [token = ''] = /broadsheet_[\w-]{43}/.exec(made.html) ?? [];
      for (const path of ['/settings/profile', '/settings/email', '/settings/tokens', '/settings/delete']) {
        const page = await site.post(
          path,
          { name: 'gil', email: 'm@example.org' },
          { Authorization: `Bearer ${token}` },
        );
        assert.equal(page.status, 403, path);
      }
      for (const path of ['/settings', '/settings/email?token=x', '/settings/delete', '/settings/export.json']) {
        const page = await site.get(path, { Accept: 'text/html', Authorization: `Bearer ${token}` });
        assert.equal(page.status, 403, path);
        assert.doesNotMatch(page.text, /gil@example/, 'whose it is says nobody');
      }
      assert.equal((await gil.post('/settings/tokens', { name: '', scope: 'read' })).status, 422);
      assert.equal((await gil.post('/settings/tokens', { name: 'x', scope: 'root' })).status, 422);
    });
  });
}
