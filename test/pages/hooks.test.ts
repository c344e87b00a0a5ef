/** The pages about webhooks: added, tried, changed, paused, removed; by their owner, by an admin, and by nobody else. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { startReceiver } from '../receiver.ts';
import type { Receiver } from '../receiver.ts';
import { openSite } from '../site.ts';
import type { Page, Person, TestSite } from '../site.ts';

for (const dialect of dialects)
  describe(`webhooks in the settings (${dialect})`, () => {
    let site: TestSite;
    let receiver: Receiver;
    let ann: Person;
    beforeEach(async () => {
      receiver = await startReceiver();
      site = await openSite({ dialect, settings: { WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } });
      ann = await site.signIn('ann@example.org');
    });
    afterEach(async () => {
      await site[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    });

    const fields = (more: Record<string, string> = {}) => ({
      url: `${receiver.url}/in?key=1`,
      format: 'json',
      'paper.trending': '1',
      search: '',
      top: '10',
      ...more,
    });
    const add = async (who: Person, more: Record<string, string> = {}) => {
      const page = await who.post('/settings/hooks', fields(more));
      assert.equal(page.status, 200, page.text);
      return { page, path: /\/settings\/hooks\/[0-9a-f]{24}/.exec(page.html)?.[0] ?? '' };
    };

    test('one is added, and its secret is shown once', async () => {
      const { page, path } = await add(ann);
      const [secret] = /whsec_[\w+/=]+/.exec(page.html) ?? [];
      assert.ok(secret);
      assert.match(page.headers.get('cache-control') ?? '', /no-store/);
      const again = await ann.get(path);
      assert.doesNotMatch(again.html, /whsec_/);
      assert.match(again.text, /It is on\. All webhooks/);
      assert.match((await ann.get('/settings/hooks')).html, new RegExp(path));
      assert.match((await ann.get('/settings')).html, /href="\/settings\/hooks"/);
    });

    test('a test is sent at once, and the page says what came of it', async () => {
      const { path } = await add(ann, { format: 'slack' });
      const sent = await ann.post(`${path}/test`);
      assert.deepEqual([sent.status, sent.headers.get('location')], [303, `${path}#log`]);
      const [got] = receiver.got;
      assert.match(got?.body ?? '', /A test from Daily Papers/);
      assert.equal(got?.path, '/in?key=1');
      assert.match((await ann.get(path)).text, /A test from Daily Papers delivered, 204/);
      receiver.faults.push({ kind: 'status', status: 403 });
      await ann.post(`${path}/test`);
      assert.match((await ann.get(path)).text, /failed after one try .* Answered 403\./);
    });

    test('a message is sent again from the log', async () => {
      const { path } = await add(ann);
      await ann.post(`${path}/test`);
      const [, delivery = ''] = /name="delivery" value="([^"]+)"/.exec((await ann.get(path)).html) ?? [];
      await ann.post(`${path}/again`, { delivery });
      assert.equal(receiver.got.length, 2);
      assert.equal(receiver.got[0]?.id, receiver.got[1]?.id);
      assert.equal((await ann.post(`${path}/again`, { delivery: 'nonsense' })).status, 404);
    });

    for (const [what, typed, problem] of [
      ['no address', { url: 'hooks' }, /That is no address of the web/],
      ['an address inside', { url: 'http://169.254.169.254/latest' }, /169\.254\.169\.254 is inside of a network/],
      ['its decimal form', { url: 'http://2852039166/latest' }, /169\.254\.169\.254 is inside of a network/],
      ['a password', { url: 'https://a:b@example.org/' }, /cannot have a name or password/],
      ['a port of mail', { url: 'https://example.org:25/' }, /Port 25 is not one of the web/],
      ['no event', { 'paper.trending': '' }, /Choose what to be told of/],
      ['an unknown format', { format: 'fax' }, /Choose a format/],
      ['no search', { 'search.match': '1' }, /Say which search to follow/],
      ['a search for a paper', { 'search.match': '1', search: '2310.02541' }, /for one paper/],
      ['a search that cannot be read', { 'search.match': '1', search: 'x after:never' }, /after:never/],
      ['too many', { top: '51' }, /a whole number from 1 to 50/],
    ] as const)
      test(`${what}: the form says what is wrong and keeps what was typed`, async () => {
        const given: Record<string, string> = fields(typed);
        if (given['paper.trending'] === '') delete given['paper.trending'];
        const page: Page = await ann.post('/settings/hooks', given);
        assert.equal(page.status, 422);
        assert.match(page.text, problem);
        assert.ok(page.html.includes(`value="${(given['url'] ?? '').replaceAll('&', '&amp;')}"`));
        assert.equal((await site.db.selectFrom('hooks').selectAll().execute()).length, 0);
      });

    test('a category that is typed as a search is followed as one', async () => {
      const { path } = await add(ann, { 'search.match': '1', search: 'cs.LG' });
      assert.match((await ann.get(path)).html, /name="search" value="category:cs\.LG"/);
    });

    test('it is changed, paused and switched on, given a new secret, and removed', async () => {
      const { path } = await add(ann);
      const changed = await ann.post(path, fields({ url: `${receiver.url}/other`, 'edition.daily': '1', top: '3' }));
      assert.equal(changed.status, 303);
      const page = await ann.get(path);
      assert.match(page.html, /value="[^"]*\/other"/);
      assert.match(page.html, /name="edition\.daily" value="1" checked/);
      assert.match((await ann.post(path, fields({ url: 'x' }))).text, /no address of the web/);
      await ann.post(`${path}/pause`);
      assert.match((await ann.get(path)).text, /It is paused\./);
      await ann.post(`${path}/resume`);
      assert.match((await ann.get(path)).text, /It is on\./);
      const rotated = await ann.post(`${path}/rotate`);
      assert.match(rotated.text, /The secret was changed\. .*whsec_/);
      assert.match(rotated.text, /The one before signs too until Jan 9, 2026/);
      assert.equal((await ann.post(`${path}/remove`)).headers.get('location'), '/settings/hooks');
      assert.equal((await ann.get(path)).status, 404);
    });

    test('its owner is told why it was switched off', async () => {
      const { path } = await add(ann);
      const off = { off_at: site.clock.now(), off_reason: '5 messages in a row failed; the last: answered 502' };
      await site.db.updateTable('hooks').set(off).execute();
      assert.match((await ann.get('/settings/hooks')).text, /switched off since Jan 8, 2026/);
      assert.match((await ann.get(path)).text, /switched off on Jan 8, 2026, .* UTC: 5 messages in a row failed/);
      await ann.post(`${path}/resume`);
      assert.match((await ann.get(path)).text, /It is on\./);
    });

    test('others see nothing of it; admins see whose it is and where it goes, and can stop it', async () => {
      const { path } = await add(ann);
      const bob = await site.signIn('bob@example.org');
      for (const page of [await bob.get(path), await bob.post(`${path}/test`), await bob.post(`${path}/remove`)])
        assert.equal(page.status, 404);
      assert.equal((await bob.post(path, fields())).status, 404);
      assert.doesNotMatch((await bob.get('/settings/hooks')).html, new RegExp(path));
      const eve = await site.signIn('eve@example.org', { role: 'admin' });
      assert.match((await eve.get('/settings/hooks')).text, /Webhooks of others http:\/\/127\.0\.0\.1:\d+\/… .* ann/);
      const seen = await eve.get(path);
      assert.doesNotMatch(seen.html, /key=1/, 'an address may be as good as a password');
      assert.equal((await eve.post(path, fields({ url: 'https://evil.example/' }))).status, 403);
      assert.equal((await eve.post(`${path}/rotate`)).status, 403);
      await eve.post(`${path}/pause`);
      assert.match((await ann.get(path)).text, /It is paused\./);
      await eve.post(`${path}/remove`);
      assert.equal((await ann.get(path)).status, 404);
    });

    test('nobody has more than a handful', async () => {
      for (let count = 0; count < 5; count += 1) await add(ann);
      const page = await ann.get('/settings/hooks');
      assert.doesNotMatch(page.text, /Add a webhook/);
      const sixth = await ann.post('/settings/hooks', fields());
      assert.equal(sixth.status, 422);
      assert.match((await ann.get('/settings/hooks')).text, /You can have 5/);
    });

    test('who is not signed in, or is banned, or asks with a token, adds none', async () => {
      assert.equal((await site.post('/settings/hooks', fields())).status, 401, 'with what was typed');
      assert.match((await site.get('/settings/hooks')).headers.get('location') ?? '', /sign-in/);
      await site.db.updateTable('users').set({ banned_at: 1 }).where('id', '=', ann.user.id).execute();
      assert.equal((await ann.post('/settings/hooks', fields())).status, 403);
      assert.equal((await site.db.selectFrom('hooks').selectAll().execute()).length, 0);
    });

    test('tests are sent thirty times an hour', async () => {
      const { path } = await add(ann);
      for (let count = 0; count < 30; count += 1) assert.equal((await ann.post(`${path}/test`)).status, 303);
      assert.equal((await ann.post(`${path}/test`)).status, 429);
      assert.equal(receiver.got.length, 30);
    });

    test('a page takes at most five queries, and whose data it is takes it along', async () => {
      const { path } = await add(ann);
      await ann.post(`${path}/test`);
      for (const page of ['/settings/hooks', path]) {
        site.queries.length = 0;
        await ann.get(page);
        assert.ok(site.queries.length <= 5, site.queries.join('\n'));
      }
      const { html } = await ann.get('/settings/export.json');
      const { hooks } = JSON.parse(html) as { hooks: { webhooks: { url: string }[]; messages: { kind: string }[] } };
      assert.deepEqual([hooks.webhooks[0]?.url, hooks.messages[0]?.kind], [`${receiver.url}/in?key=1`, 'test']);
      assert.doesNotMatch(html, /whsec_/);
    });
  });
