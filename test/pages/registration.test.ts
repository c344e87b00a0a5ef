/** Who may make an account, and how many mails one can ask for. */

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openAccounts } from '#accounts/accounts.ts';
import { changeEmail } from '#accounts/change-email.ts';
import { findUserByEmail } from '#accounts/store.ts';
import { dialects } from '../database.ts';
import { lastMail, mailsOf } from '../mailbox.ts';
import { openSite } from '../site.ts';

for (const dialect of dialects) {
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
      assert.deepEqual(
        (await mailsOf(site)).map(({ to, subject }) => [to, subject]),
        [
          ['eve@new.example', 'Confirm your new mail address at Daily Papers'],
          ['eve@example.org', 'Your account at Daily Papers was deleted'],
        ],
        'no link to anybody',
      );
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
