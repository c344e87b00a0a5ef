/** The settings of an account, on both databases. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { openAccounts } from '#accounts/accounts.ts';
import { changeEmail } from '#accounts/change-email.ts';
import { findUserByEmail, findUsers } from '#accounts/store.ts';
import { dialects } from '../database.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

async function lastMail(site: TestSite): Promise<{ to: string; link: string; text: string }> {
  await site.app.later.settled();
  const folder = join(site.app.config.DATA_DIR, 'mail');
  const names = (await readdir(folder)).toSorted((a, b) => a.localeCompare(b));
  const mail = await simpleParser(await readFile(join(folder, names.at(-1) ?? '')));
  const [, link = ''] = /https:\/\/papers\.example(\S*)/.exec(mail.text ?? '') ?? [];
  return { to: mail.to !== undefined && !Array.isArray(mail.to) ? mail.to.text : '', link, text: mail.text ?? '' };
}

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
      assert.match(profile.html, /<h1>Ann Lee<\/h1>/);
      assert.match(profile.text, /@ann-lee.*here since Jan 8, 2026/);
      assert.doesNotMatch(profile.text, /example\.org/, 'the address is nobody’s business');
      assert.equal((await site.get('/users/ann')).status, 404);
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
      assert.match((await site.get('/users/ann-lee')).html, /<h1>evil<\/h1>/);
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
      assert.match((await two.get('/about')).text, /Account of cat/);
      await one.post('/settings/sessions', { end: 'others' });
      assert.match((await two.get('/about')).text, /Sign in/);
      assert.match((await one.get('/about')).text, /Account of cat/);
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
      assert.match((await site.get('/about', program)).text, /Account of fay/);
      assert.equal((await site.post('/sign-out', {}, program)).status, 403, 'read is not write');
      assert.equal((await site.get('/settings/export.json', program)).status, 403, 'and not a person');
      const id = /action="\/settings\/tokens\/revoke"><input type="hidden" name="id" value="(\w+)"/.exec(
        settings.html,
      )?.[1];
      const dan = await site.signIn('dan@example.org');
      await dan.post('/settings/tokens/revoke', { id: id ?? '' });
      assert.match((await site.get('/about', program)).text, /Account of fay/, 'somebody else cannot revoke it');
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
      assert.equal((await gil.post('/settings/tokens', { name: '', scope: 'read' })).status, 422);
      assert.equal((await gil.post('/settings/tokens', { name: 'x', scope: 'root' })).status, 422);
    });

    test('a new mail address is confirmed by a link to it, and the old one is told', async () => {
      const hal = await site.signIn('hal@example.org');
      const ivy = await site.signIn('ivy@example.org');
      const asked = await hal.post('/settings/email', { email: 'HAL@new.example' });
      const { to, link } = await lastMail(site);
      assert.equal(to, 'hal@new.example');
      assert.equal((await ivy.get(link)).status, 400, 'somebody else cannot use it');
      assert.match((await hal.get(link)).text, /hal@new\.example instead of hal@example\.org/);
      const token = new URL(link, 'https://papers.example').searchParams.get('token') ?? '';
      const readable = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      assert.ok(!readable.join().includes('example'), 'who gets it by a slip does not learn the old address');
      const forged = Buffer.from(token, 'base64url');
      forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
      assert.equal((await hal.get(`/settings/email?token=${forged.toString('base64url')}`)).status, 400);
      assert.equal((await ivy.post('/settings/email/confirm', { token })).status, 400);
      assert.equal((await hal.post('/settings/email/confirm', { token })).status, 303);
      assert.equal((await lastMail(site)).to, 'hal@example.org');
      assert.equal((await hal.post('/settings/email/confirm', { token })).status, 400, 'once');
      const taken = await hal.post('/settings/email', { email: 'ivy@example.org' });
      assert.equal(taken.status, asked.status);
      await site.app.later.settled();
      assert.equal((await lastMail(site)).to, 'hal@example.org', 'no mail to an address that has an account');
    });

    test('all one’s data comes as JSON, without secrets', async () => {
      const jan = await site.signIn('jan@example.org');
      await jan.post('/settings/tokens', { name: 'kept', scope: 'write' });
      const file = await jan.get('/settings/export.json');
      assert.match(file.headers.get('content-disposition') ?? '', /attachment; filename="jan\.json"/);
      const { accounts } = JSON.parse(file.html) as {
        accounts: { account: { email: string }; sessions: object[]; accessTokens: { name: string }[] };
      };
      assert.equal(accounts.account.email, 'jan@example.org');
      assert.equal(accounts.accessTokens[0]?.name, 'kept');
      assert.equal(accounts.sessions.length, 1);
      for (const secret of ['"hash"', '"token"', '"public_key"']) assert.ok(!file.html.includes(secret), secret);
    });

    test('a profile lists what somebody submitted, said and recommends, and the export has it, too', async () => {
      await using full = await openSite({ dialect });
      const ann = await full.signIn('ann@example.org');
      const { id } = await full.db.selectFrom('papers').select('id').orderBy('seq').limit(1).executeTakeFirstOrThrow();
      assert.equal((await ann.post(`/papers/${id}/upvote`, { voted: '1' })).status, 303);
      await ann.post(`/papers/${id}/comments`, { body: 'Well <b>said</b>' });
      const row = { paper_id: id, user_id: ann.user.id };
      await full.db.updateTable('submissions').set({ user_id: ann.user.id }).where('paper_id', '=', id).execute();
      await full.app.later.settled();
      full.queries.length = 0;
      const page = await full.get('/users/ann');
      const asked = full.queries.filter((sql) => /users|submissions|upvotes|comments/.test(sql));
      assert.ok(asked.length <= 5, asked.join('\n'));
      assert.match(page.text, /Submitted \S.*Said \S.*Well <b>said<\/b>.*Recommends \S/);
      assert.equal(page.html.split(`href="/papers/${id}`).length - 1, 3, 'each list leads to the paper');
      assert.doesNotMatch(page.html, /<b>said/);
      const data = (await ann.get('/settings/export.json')).html;
      for (const part of [row.paper_id, 'Well <b>said</b>', '"upvotes"', '"submissions"'])
        assert.ok(data.includes(part), part);
      await ann.post('/settings/delete', { name: 'ann' });
      const paper = await full.get(`/papers/${id}`);
      assert.match(paper.text, /Well <b>said<\/b>/);
      assert.match(paper.text, /deleted account/);
      assert.doesNotMatch(paper.html, /users\/ann/);
    });

    test('deletion takes what names a person and leaves the author of what they wrote', async () => {
      const kim = await site.signIn('kim@example.org');
      assert.equal((await kim.post('/settings/delete', { name: 'kit' })).status, 422);
      assert.equal((await kim.post('/settings/delete', { name: 'kim' })).status, 303);
      assert.match((await kim.get('/about')).text, /Sign in/);
      assert.equal((await site.get('/users/kim')).status, 404);
      const user = (await findUsers(site.db, [kim.user.id])).get(kim.user.id);
      assert.notEqual(user?.deletedAt, null);
      const left = JSON.stringify([
        await site.db.selectFrom('users').selectAll().where('id', '=', kim.user.id).execute(),
        await site.db.selectFrom('sessions').selectAll().where('user_id', '=', kim.user.id).execute(),
      ]);
      assert.doesNotMatch(left, /kim/);
      const again = await site.signIn('kim@example.org');
      assert.notEqual(again.user.id, kim.user.id, 'the address is free for a new account');
    });

    test('the only admin stays as long as there are others', async () => {
      const lea = await site.signIn('lea@example.org', { role: 'admin' });
      await site.db.updateTable('users').set({ role: 'reader' }).where('id', '<>', lea.user.id).execute();
      const page = await lea.post('/settings/delete', { name: 'lea' });
      assert.equal(page.status, 409);
      assert.match(page.text, /only admin/);
    });

    test('who is banned may read, take their data along and leave, and change nothing', async () => {
      const mia = await site.signIn('mia@example.org');
      await site.db.updateTable('users').set({ banned_at: 1 }).where('id', '=', mia.user.id).execute();
      assert.equal((await mia.get('/settings')).status, 200);
      assert.equal((await mia.post('/settings/profile', { name: 'mia', full_name: 'Mia' })).status, 403);
      assert.equal((await mia.get('/settings/export.json')).status, 200);
      assert.equal((await mia.post('/settings/delete', { name: 'mia' })).status, 303);
    });
  });

  describe(`who may make an account (${dialect})`, () => {
    test('by invitation: admins invite, the invited come in, others do not', async () => {
      await using site = await openSite({ dialect, starter: false, settings: { REGISTRATION: 'invite' } });
      const ann = await site.signIn('ann@example.org', { role: 'admin' });
      const bob = await site.signIn('bob@example.org');
      assert.equal((await bob.get('/settings/invitations')).status, 403);
      assert.equal((await bob.post('/settings/invitations', { email: 'x@example.org' })).status, 403);
      assert.equal((await ann.post('/settings/invitations', { email: 'Cat@example.org' })).status, 303);
      const { to, link } = await lastMail(site);
      assert.equal(to, 'cat@example.org');
      assert.match((await ann.get('/settings/invitations')).text, /cat@example\.org invited Jan 8, 2026/);
      const url = new URL(link, 'https://papers.example');
      const token = url.searchParams.get('token') ?? '';
      assert.equal((await site.post('/sign-in/link', { token, next: '/' })).status, 303);
      assert.doesNotMatch((await ann.get('/settings/invitations')).text, /cat@example\.org/);
      await site.post('/sign-in', { email: 'eve@example.org' });
      assert.equal((await lastMail(site)).to, 'cat@example.org', 'nothing for who was not invited');
      await ann.post('/settings/invitations', { email: 'dan@example.org' });
      const dan = new URL((await lastMail(site)).link, 'https://papers.example').searchParams.get('token') ?? '';
      await ann.post('/settings/invitations', { take_back: 'dan@example.org' });
      assert.equal((await site.post('/sign-in/link', { token: dan })).status, 400, 'taken back before it was used');
    });

    test('only from some domains, exactly', async () => {
      await using site = await openSite({ dialect, starter: false, settings: { ALLOWED_MAIL_DOMAINS: 'Example.org' } });
      for (const email of ['a@evil.example', 'a@sub.example.org', 'a@notexample.org', 'ann@example.org'])
        await site.post('/sign-in', { email });
      assert.equal((await lastMail(site)).to, 'ann@example.org');
      assert.equal((await readdir(join(site.app.config.DATA_DIR, 'mail'))).length, 1);
    });

    test('an account stays within these domains', async () => {
      await using site = await openSite({ dialect, starter: false, settings: { ALLOWED_MAIL_DOMAINS: 'example.org' } });
      const eve = await site.signIn('eve@example.org');
      const refused = await eve.post('/settings/email', { email: 'eve@evil.example' });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /Addresses of this site are at example\.org\./);
      assert.equal((await eve.post('/settings/email', { email: 'eva@example.org' })).status, 200);
      const token = new URL((await lastMail(site)).link, 'https://papers.example').searchParams.get('token') ?? '';
      // As if the setting came after the link.
      site.app.config.ALLOWED_MAIL_DOMAINS.splice(0, 1, 'example.com');
      assert.equal((await eve.post('/settings/email/confirm', { token })).status, 400);
      assert.equal((await findUserByEmail(site.db, 'eve@example.org'))?.id, eve.user.id);
    });

    test('who is banned does not slip away to another address, nor comes anybody by that of somebody banned', async () => {
      await using site = await openSite({ dialect, starter: false });
      const eve = await site.signIn('eve@example.org');
      const fay = await site.signIn('fay@example.org');
      await eve.post('/settings/email', { email: 'eve@new.example' });
      const token = new URL((await lastMail(site)).link, 'https://papers.example').searchParams.get('token') ?? '';
      await site.db.updateTable('users').set({ banned_at: 1 }).where('id', '=', eve.user.id).execute();
      assert.equal((await eve.post('/settings/email/confirm', { token })).status, 403);
      const change = { userId: eve.user.id, from: 'eve@example.org', to: 'eve@new.example' };
      const accounts = openAccounts({ ...site.app, url: 'https://papers.example' });
      await assert.rejects(
        changeEmail(accounts, change, async () => await Promise.resolve()),
        { kind: 'forbidden' },
      );
      assert.equal((await eve.post('/settings/delete', { name: 'eve' })).status, 303);
      await site.post('/sign-in', { email: 'eve@example.org' });
      const asked = await fay.post('/settings/email', { email: 'eve@example.org' });
      assert.match(asked.text, /If eve@example\.org can be used/);
      assert.equal((await lastMail(site)).to, 'eve@new.example', 'the last mail is still the first');
      assert.equal((await readdir(join(site.app.config.DATA_DIR, 'mail'))).length, 1);
    });

    test('one address, and one network, can ask for so many mails only', async () => {
      await using site = await openSite({ dialect, starter: false });
      const ask = async (email: string) => (await site.post('/sign-in', { email })).status;
      const statuses = [];
      for (let count = 0; count < 6; count += 1) statuses.push(await ask('ann@example.org'));
      assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429]);
      const refused = await site.post('/sign-in', { email: 'ann@example.org' });
      assert.match(refused.text, /works again in \d+ minutes\. A passkey lets you in at once/);
      assert.match(refused.html, /name="email" value="ann@example.org".*<passkey-button/s);
      assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
      for (let count = 0; count < 25; count += 1) assert.equal(await ask(`a${count}@example.org`), 303);
      assert.equal(await ask('last@example.org'), 429, 'thirty from one network');
      site.clock.advance(3_600_000);
      assert.equal(await ask('ann@example.org'), 303);
    });

    test('nobody keeps somebody else from signing in by asking for links to their address', async () => {
      await using site = await openSite({ dialect, starter: false });
      const ask = async (peer: string) => {
        const { status } = await site.postFrom(peer, '/sign-in', { email: 'ann@example.org' });
        await site.app.later.settled();
        return status;
      };
      const mails = async () => (await readdir(join(site.app.config.DATA_DIR, 'mail'))).length;
      for (let count = 0; count < 5; count += 1) assert.equal(await ask('192.0.2.1'), 303);
      assert.equal(await ask('192.0.2.1'), 429);
      assert.equal(await ask('198.51.100.7'), 303, 'her own');
      assert.equal(await mails(), 6);
      for (let net = 2; net < 6; net += 1)
        for (let count = 0; count < 5; count += 1) assert.equal(await ask(`192.0.2.${net}`), 303);
      assert.equal(await mails(), 20, 'but her mailbox is not filled');
      assert.equal((await site.db.selectFrom('account_mails').selectAll().execute()).length, 0);
    });
  });
}
