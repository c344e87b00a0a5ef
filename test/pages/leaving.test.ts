/** A new mail address, one’s own data, and the end of an account. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findUsers } from '#accounts/store.ts';
import { ENDING } from '#accounts/what-ends.ts';
import { dialects } from '../database.ts';
import { addMail } from '#accounts/mail-store.ts';
import { lastMail, mailsOf } from '../mailbox.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

for (const dialect of dialects) {
  describe(`moving and leaving (${dialect})`, () => {
    let site: TestSite;
    before(
      async () =>
        void (site = await openSite({ dialect, starter: false, settings: { CONTACT: 'ops@papers.example' } })),
    );
    after(async () => await site[Symbol.asyncDispose]());

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
      const told = await lastMail(site);
      assert.equal(told.to, 'hal@example.org');
      assert.match(told.text, /has another mail address since Jan 8, 2026, 12:0\d PM UTC/);
      assert.match(told.text, /write to the people who run the site at once:\s+ops@papers\.example/s);
      assert.match(
        (await hal.get('/settings?saved=email', { Referer: 'https://papers.example/settings/email' })).text,
        /Mail address Your mail address was changed\./,
      );
      for (const used of [await hal.get(link), await hal.post('/settings/email/confirm', { token })]) {
        assert.equal(used.status, 200);
        assert.match(used.text, /hal@new\.example is your address already\./);
        assert.doesNotMatch(used.text, /instead of|Use this address/);
      }
      assert.deepEqual((await lastMail(site)).text, told.text, 'the old address is told once');
      const taken = await hal.post('/settings/email', { email: 'ivy@example.org' });
      assert.equal(taken.status, asked.status);
      await site.app.later.settled();
      assert.equal((await lastMail(site)).to, 'hal@example.org', 'no mail to an address that has an account');
    });

    test('where the site names nobody to write to, no mail says that somebody can be written to', async () => {
      await using silent = await openSite({ dialect, starter: false });
      await silent.signIn('root@example.org', { role: 'admin' });
      const lea = await silent.signIn('lea@example.org');
      await lea.post('/settings/email', { email: 'lea@new.example' });
      const token = new URL((await lastMail(silent)).link, 'https://papers.example').searchParams.get('token') ?? '';
      await lea.post('/settings/email/confirm', { token });
      await lea.post('/settings/delete', { name: 'lea' });
      const told = (await mailsOf(silent)).filter(({ subject }) => /was (?:changed|deleted)$/.test(subject));
      assert.deepEqual([...new Set(told.map(({ to }) => to))].toSorted(), ['lea@example.org', 'lea@new.example']);
      for (const { text } of told) {
        assert.match(text, /site names no address for that, and an answer\s+to this mail reaches nobody/);
        assert.doesNotMatch(text, /write to the people|:\s*$/);
      }
    });

    test('all one’s data comes as JSON, without secrets', async () => {
      const jan = await site.signIn('jan@example.org');
      await jan.post('/settings/tokens', { name: 'kept', scope: 'write' });
      const file = await jan.get('/settings/export.json');
      assert.match(file.headers.get('content-disposition') ?? '', /attachment; filename="jan\.json"/);
      const { accounts } = JSON.parse(file.html) as {
        accounts: {
          account: { email: string; email_verified: boolean; created_at: string };
          sessions: object[];
          accessTokens: { name: string }[];
        };
      };
      assert.equal(accounts.account.email, 'jan@example.org');
      assert.equal(accounts.account.email_verified, true);
      assert.match(accounts.account.created_at, /^2026-01-08T12:\d\d:\d\d\.\d{3}Z$/);
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
      assert.match(paper.text, /Nobody has voted for this paper yet/);
      await full.app.later.settled();
      const places = full.db.selectFrom('trending').innerJoin('papers', 'papers.seq', 'trending.seq');
      const place = await places.select('parts').where('papers.id', '=', id).executeTakeFirstOrThrow();
      assert.equal(place.parts, '', 'neither the vote nor what ann said lifts it');
      assert.doesNotMatch(paper.html, /users\/ann/);
    });

    test('deletion takes what names a person and leaves the author of what they wrote', async () => {
      const kim = await site.signIn('kim@example.org');
      const [asking, settings] = [await kim.get('/settings/delete'), await kim.get('/settings')];
      assert.equal((await kim.post('/settings/delete', { name: 'kit' })).status, 422);
      const left = await kim.post('/settings/delete', { name: 'kim' });
      assert.equal(left.status, 303);
      const [cookie = ''] = left.headers.getSetCookie().filter((one) => one.includes('left='));
      const after = await site.get(left.headers.get('location') ?? '', { Cookie: cookie.split(';')[0] ?? '' });
      assert.match(after.text, /Your account is deleted .*What you wrote stays, .* under the name “deleted account”/);
      assert.match(after.text, /Sign in/);
      const link = await site.get('/settings/deleted');
      assert.equal(link.headers.get('location'), '/', 'a link from elsewhere says nothing of the kind');
      const told = await lastMail(site);
      assert.deepEqual([told.to, told.subject.endsWith('was deleted')], ['kim@example.org', true]);
      assert.match(
        told.text,
        /deleted on Jan 8, 2026, 12:0\d PM UTC.*If you did not do this, tell the people .*ops@papers/s,
      );
      const docs = await readFile(join(import.meta.dirname, '../../docs/accounts.md'), 'utf8');
      const sayings = { asking: asking.text, settings: settings.text, after: after.text, mail: told.text, docs };
      for (const [where, text] of Object.entries(sayings))
        assert.ok(text.replaceAll(/\s+/g, ' ').includes(ENDING), `${where} says all that ends`);
      assert.equal((await site.db.selectFrom('account_mails').selectAll().execute()).length, 0);
      assert.match((await kim.get('/about')).text, /Sign in/);
      assert.equal((await site.get('/users/kim')).status, 404);
      const user = (await findUsers(site.db, [kim.user.id])).get(kim.user.id);
      assert.notEqual(user?.deletedAt, null);
      const rest = JSON.stringify([
        await site.db.selectFrom('users').selectAll().where('id', '=', kim.user.id).execute(),
        await site.db.selectFrom('sessions').selectAll().where('user_id', '=', kim.user.id).execute(),
      ]);
      assert.doesNotMatch(rest, /kim/);
      const again = await site.signIn('kim@example.org');
      assert.notEqual(again.user.id, kim.user.id, 'the address is free for a new account');
    });

    test('who was moved off an account by somebody else is told of it, whatever becomes of the account', async () => {
      const pia = await site.signIn('pia@example.org');
      const notice = { kind: 'email-changed' as const, email: 'pia-was@example.org', user_id: pia.user.id };
      const now = site.clock.now();
      await addMail(site.db, { ...notice, origin: 'https://papers.example', next_path: '/' }, now + 3_600_000);
      const link = { kind: 'change-email' as const, email: 'pia-next@example.org', user_id: pia.user.id };
      await addMail(site.db, { ...link, origin: 'https://papers.example', next_path: '/' }, now + 3_600_000);
      const before = (await mailsOf(site)).length;
      await pia.post('/settings/delete', { name: 'pia' });
      const sent = (await mailsOf(site)).slice(before).map(({ to, subject }) => [to, subject.endsWith('was deleted')]);
      assert.deepEqual(
        sent.toSorted((a, b) => String(a).localeCompare(String(b))),
        [
          ['pia-was@example.org', true],
          ['pia@example.org', true],
        ],
      );
      const left = await site.db.selectFrom('account_mails').select(['kind', 'email']).execute();
      assert.deepEqual(
        left.map(({ kind, email }) => [kind, email]),
        [['email-changed', 'pia-was@example.org']],
      );
      await site.db.deleteFrom('account_mails').execute();
    });

    test('the only admin stays as long as there are others', async () => {
      const lea = await site.signIn('lea@example.org', { role: 'admin' });
      await site.db.updateTable('users').set({ role: 'reader' }).where('id', '<>', lea.user.id).execute();
      const asked = await lea.get('/settings/delete');
      assert.equal(asked.status, 200);
      assert.match(asked.text, /You are the only admin .*Make somebody else an admin first/);
      assert.match(asked.html, /<a href="\/moderation\/people">/);
      assert.doesNotMatch(asked.html, /Delete my account/);
      const page = await lea.post('/settings/delete', { name: 'lea' });
      assert.equal(page.status, 409);
      assert.match(page.text, /You are the only admin .*Back to the settings/);
      assert.doesNotMatch((await lea.get('/users/lea')).html, /value="make /);
      const own = await lea.get('/moderation/people?name=lea');
      assert.match(own.text, /You are the only admin\. Make somebody else an admin before you stop being one\./);
      assert.doesNotMatch(own.html, /value="make /);
      await site.signIn('max@example.org', { role: 'admin' });
      assert.match((await lea.get('/moderation/people?name=lea')).html, /value="make reader"/);
      assert.match((await lea.get('/settings/delete')).html, /Delete my account/);
    });

    test('who is banned may read, take their data along and leave, and change nothing', async () => {
      const mia = await site.signIn('mia@example.org');
      await site.db.updateTable('users').set({ banned_at: 1 }).where('id', '=', mia.user.id).execute();
      const page = await mia.get('/settings');
      assert.equal(page.status, 200);
      assert.match(page.text, /This account is banned: it can read, but not write\./);
      for (const form of ['profile', 'email', 'tokens'])
        assert.ok(!page.html.includes(`action="/settings/${form}"`), `${form} cannot be sent`);
      assert.match(page.html, /href="\/settings\/export\.json"/);
      assert.match((await mia.get('/papers/trending')).text, /This account is banned/, 'before a button is pressed');
      assert.equal((await mia.post('/settings/profile', { name: 'mia', full_name: 'Mia' })).status, 403);
      assert.equal((await mia.get('/settings/export.json')).status, 200);
      assert.equal((await mia.post('/settings/delete', { name: 'mia' })).status, 303);
    });
  });
}
