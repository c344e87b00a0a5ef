/** Papers by mail, from the offer to the end, on both databases. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { readSecret } from '#accounts/secret.ts';
import { manageUrl, unsubscribeUrl } from '#subscriptions/links.ts';
import { usualList } from '#subscriptions/list.ts';
import { findSubscriberByEmail, listLists } from '#subscriptions/store.ts';
import { subscribe } from '#subscriptions/subscribe.ts';
import { findSuppression, suppress } from '#subscriptions/suppress.ts';
import { dialects } from '../database.ts';
import { openSite } from '../site.ts';
import type { Fields, TestSite } from '../site.ts';

const ANN = 'ann@example.org';
const HOUR = 3_600_000;
const PLAIN = { plain: '1', everything: '1', time_zone: '' };

async function mails(site: TestSite): Promise<{ to: string; text: string; subject: string }[]> {
  await site.app.later.settled();
  const folder = join(site.app.config.DATA_DIR, 'mail');
  const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => a.localeCompare(b));
  return await Promise.all(
    names.map(async (name) => {
      const { to, text = '', subject = '' } = await simpleParser(await readFile(join(folder, name)));
      return { to: to !== undefined && !Array.isArray(to) ? to.text : '', text, subject };
    }),
  );
}

/** The path of the link in the last mail. */
async function linkOf(site: TestSite): Promise<string> {
  const text = (await mails(site)).at(-1)?.text ?? '';
  return /https:\/\/papers\.example(\S*)/.exec(text)?.[1] ?? '';
}

/** Somebody who has said yes. */
async function addAnn(site: TestSite, email = ANN) {
  const asked = { list: usualList(8), timeZone: 'Europe/Berlin', isPlain: false };
  const subscriber = await subscribe(site.db, email, asked, { now: site.clock.now(), from: undefined });
  const [list] = await listLists(site.db, subscriber.id);
  const context = { url: '', secret: readSecret(site.app.config) };
  const subscriptionId = list?.id ?? '';
  return {
    subscriber,
    subscriptionId,
    manage: manageUrl(context, subscriber),
    t: manageUrl(context, subscriber).split('t=')[1] ?? '',
    endOne: unsubscribeUrl(context, { kind: 'list', subscriptionId }),
    endAll: unsubscribeUrl(context, { kind: 'all', subscriberId: subscriber.id }),
  };
}

const listsOf = async (site: TestSite, email = ANN) => {
  const subscriber = await findSubscriberByEmail(site.db, email);
  return subscriber === undefined ? [] : await listLists(site.db, subscriber.id);
};

/** All rows that a visit could change. */
async function snapshot({ db }: TestSite): Promise<string> {
  const tables = ['subscribers', 'subscriptions', 'subscription_requests', 'subscription_mails'] as const;
  const rows = await Promise.all(tables.map(async (table) => await db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}

for (const dialect of dialects) {
  describe(`papers by mail (${dialect})`, () => {
    test('an address is enough: the offer, the mail, the button, the page of what comes', async () => {
      await using site = await openSite({ dialect, settings: { TIME_ZONE: 'Europe/Berlin', DIGEST_HOUR: '6' } });
      for (const path of ['/', '/papers/trending', '/categories/cs.LG', '/about'])
        assert.match(
          (await site.get(path)).text,
          /Trending papers in your inbox|New papers in Machine Learning in/,
          path,
        );
      const sent = await site.post('/subscribe', { email: ' Ann@Example.org', ...PLAIN });
      assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/subscribe/sent']);
      const [mail] = await mails(site);
      assert.equal(mail?.to, ANN);
      assert.match(mail.text, /every day at 6:00 \(Europe\/Berlin\)/);
      const link = await linkOf(site);
      const before = await snapshot(site);
      const page = await site.get(link);
      assert.match(page.text, /Is this what you want\? What is trending By mail every day at 6:00/);
      assert.equal(page.headers.get('cache-control'), 'private, no-store');
      assert.equal(await snapshot(site), before, 'a scanner that opens the link changes nothing');
      const token = new URLSearchParams(link.split('?')[1]).get('token') ?? '';
      const done = await site.post('/subscribe/confirm', { token });
      assert.equal(done.status, 303);
      const manage = done.headers.get('location') ?? '';
      assert.match(
        (await site.get(manage)).text,
        /You are subscribed\. What you chose comes to ann@example\.org ?, the next time on Friday, January 9, 6:00/,
      );
      const cookie = (done.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      assert.doesNotMatch(
        (await site.get('/', { Cookie: cookie })).text,
        /in your inbox, every day/,
        'nothing is offered any more',
      );
      for (const again of [await site.get(link), await site.post('/subscribe/confirm', { token })]) {
        assert.equal(again.status, 410);
        assert.match(again.text, /was used already.*Subscribe anew/);
      }
    });

    test('the form answers the same for addresses that are known, unknown, suppressed or asked too often', async () => {
      await using site = await openSite({ dialect, starter: false });
      await addAnn(site);
      await suppress(site.db, { email: 'bob@example.org', reason: 'bounced', detail: '' }, site.clock.now());
      const answers = new Set<string>();
      const ask = async (email: string) => {
        site.queries.length = 0;
        const { status, headers, html } = await site.post('/subscribe', { email, ...PLAIN });
        answers.add(JSON.stringify([status, headers.get('location'), headers.get('set-cookie'), html]));
      };
      for (const email of [ANN, 'new@example.org', 'bob@example.org', ANN, ANN, ANN, ANN]) await ask(email);
      assert.equal(answers.size, 1, [...answers].join('\n'));
      const got = (await mails(site)).map(({ to, subject }) => `${to}: ${subject}`);
      assert.equal(got.filter((one) => one.startsWith(ANN)).length, 3, 'three a day');
      assert.ok(got.every((one) => !one.startsWith('bob')));
      const [one, two] = [await site.get('/subscribe/sent'), await site.get('/subscribe/sent')];
      assert.equal(one.html, two.html);
      assert.match(one.text, /Look into your inbox/);
    });

    test('one network cannot ask for everybody', async () => {
      await using site = await openSite({ dialect, starter: false });
      const statuses: number[] = [];
      for (let index = 0; index < 31; index++)
        statuses.push(
          (await site.postFrom('192.0.2.7', '/subscribe', { email: `r${index}@example.org`, ...PLAIN })).status,
        );
      assert.deepEqual([...new Set(statuses.slice(0, 30)), statuses[30]], [303, 429]);
      assert.equal((await site.postFrom('198.51.100.9', '/subscribe', { email: ANN, ...PLAIN })).status, 303);
    });

    test('a link expires, says so, and offers to start anew', async () => {
      await using site = await openSite({ dialect, starter: false });
      await site.post('/subscribe', { email: ANN, ...PLAIN });
      const link = await linkOf(site);
      site.clock.advance(49 * HOUR);
      const page = await site.get(link);
      assert.equal(page.status, 410);
      assert.match(page.text, /too old\. It works for 48 hours\..*Subscribe anew/);
      const token = link.split('token=')[1] ?? '';
      assert.equal((await site.post('/subscribe/confirm', { token })).status, 410);
      assert.equal((await site.get(`${link}x`)).status, 404);
      assert.deepEqual(await listsOf(site), []);
    });

    test('everything can be chosen, and what is wrong is told with all that was typed', async () => {
      await using site = await openSite({ dialect });
      const wrong: Fields = [
        ['email', 'nobody'],
        ['categories', 'cs.LG'],
        ['authors', 'Nobody At All'],
        ['most', '500'],
        ['frequency', 'weekly'],
        ['weekday', '5'],
        ['hour', '17'],
        ['time_zone', 'Mars/Base'],
        ['searches', 'grokking "of weights"'],
      ];
      const page = await site.post('/subscribe', wrong);
      assert.equal(page.status, 422);
      for (const said of [/no mail address/, /No paper here is by “Nobody At All”/, /1 to 50 papers/, /no time zone/])
        assert.match(page.text, said);
      for (const kept of ['value="nobody"', 'value="500"', 'Nobody At All</textarea>', 'value="17" selected'])
        assert.ok(page.html.includes(kept), kept);
      const right = wrong.filter(([name]) => !['email', 'authors', 'most', 'time_zone'].includes(name)) as [
        string,
        string,
      ][];
      right.push(['email', ANN], ['most', '3'], ['time_zone', 'Asia/Kathmandu'], ['repeats', '1']);
      assert.equal((await site.post('/subscribe', right)).status, 303);
      const link = await linkOf(site);
      assert.match(
        (await site.get(link)).text,
        /Machine Learning \(cs\.LG\) Search: grokking "of weights" By mail every Friday at 17:00 \(Asia\/Kathmandu\)/,
      );
      await site.post('/subscribe/confirm', { token: link.split('token=')[1] ?? '' });
      const [list] = await listsOf(site);
      assert.deepEqual(
        [list?.frequency, list?.weekday, list?.hour, list?.most, list?.repeats, list?.evenIfEmpty],
        ['weekly', 5, 17, 3, true, false],
      );
      const prefilled = await site.get('/subscribe?categories=cs.CL&searches=diffusion');
      assert.match(prefilled.html, /value="cs\.CL" checked/);
      assert.match(prefilled.html, />diffusion<\/textarea>/);
    });

    test('a search is followed from its page, by anybody after a question, by an account at once', async () => {
      await using site = await openSite({ dialect });
      const page = await site.get('/search?q=mixture+of+experts');
      assert.match(page.html, /name="searches" value="mixture of experts"/);
      const alert = { kind: 'alert', searches: 'mixture of experts', frequency: 'weekly', time_zone: '' };
      assert.equal(
        (await site.post('/subscribe', { ...alert, email: 'bob@example.org' })).headers.get('location'),
        '/subscribe/sent',
      );
      assert.doesNotMatch((await mails(site)).at(-1)?.text ?? '', /mixture/);
      const ann = await site.signIn(ANN);
      assert.match((await ann.get('/search?q=mixture+of+experts')).html, /name="own_address"/);
      const done = await ann.post('/subscribe', { ...alert, own_address: '1' });
      assert.equal(done.headers.get('location'), '/settings/mail?done=subscribed');
      assert.match((await ann.get('/settings/mail')).text, /Search: mixture of experts Alert every Monday at 8:00/);
      assert.equal((await mails(site)).length, 1, 'nothing is asked of whoever is known');
      const [list] = await listsOf(site);
      assert.deepEqual([list?.kind, list?.topics], ['alert', [{ kind: 'search', q: 'mixture of experts' }]]);
      assert.equal(
        (await ann.post('/subscribe', { ...PLAIN, email: 'other@example.org' })).headers.get('location'),
        '/subscribe/sent',
      );
      assert.deepEqual(await listsOf(site, 'other@example.org'), [], 'an account is no proof of another address');
    });

    test('the link of a mail leads to all of it: change, zone, pause, more, less, export, nothing', async () => {
      await using site = await openSite({ dialect });
      const { manage, t, subscriptionId, subscriber } = await addAnn(site);
      site.queries.length = 0;
      const page = await site.get(manage);
      assert.ok(site.queries.length <= 5, site.queries.join('\n'));
      assert.match(page.text, /comes to ann@example\.org/);
      const form = await site.get(`/subscribe/list?t=${t}&id=${subscriptionId}`);
      assert.match(form.html, /name="everything" checked/);
      const changed = { t, id: subscriptionId, categories: 'cs.CL', hour: '20', most: '5' };
      assert.equal((await site.post('/subscribe/list', changed)).headers.get('location'), `${manage}&done=changed`);
      assert.deepEqual(
        (await listsOf(site)).map(({ hour, most, id }) => [hour, most, id]),
        [[20, 5, subscriptionId]],
      );
      await site.post('/subscribe/list', { t, everything: '1', time_zone: 'Europe/Berlin' });
      assert.equal((await listsOf(site)).length, 2);
      await site.post('/subscribe/zone', { t, time_zone: 'America/New_York' });
      assert.match((await site.get(manage)).text, /Hours are those of America\/New York/);
      assert.equal((await site.post('/subscribe/zone', { t, time_zone: 'Mars' })).status, 400);
      await site.post('/subscribe/pause', { t, days: '10' });
      const paused = await site.get(manage);
      assert.match(paused.text, /next time on Sunday, January 18, 8:00.*It is paused until then/);
      assert.equal((await site.post('/subscribe/pause', { t, days: '0' })).status, 400);
      await site.post('/subscribe/resume', { t });
      assert.doesNotMatch((await site.get(manage)).text, /paused until/);
      const file = await site.get(`/subscribe/export.json?t=${t}`);
      assert.equal((JSON.parse(file.html) as { lists: unknown[] }).lists.length, 2);
      assert.equal(file.html.includes(subscriber.linkKey), false);
      await site.post('/subscribe/end', { t, id: subscriptionId });
      assert.equal((await listsOf(site)).length, 1);
      const renewed = (await site.post('/subscribe/links', { t })).headers.get('location') ?? '';
      assert.equal((await site.get(manage)).status, 403, 'old links are dead');
      assert.equal((await site.get(renewed)).status, 200);
      const newT = /t=([^&]*)/.exec(renewed)?.[1] ?? '';
      await site.post('/subscribe/end', { t: newT });
      assert.match((await site.get(renewed)).text, /Nothing is mailed to ann@example\.org/);
      assert.equal((await site.post('/subscribe/forget', { t: newT })).headers.get('location'), '/subscribe/forgotten');
      assert.equal(await snapshot(site), '[[],[],[],[]]');
    });

    test('who has a forwarded link begins no mail again: not what ended, nor where mail is not wanted', async () => {
      await using site = await openSite({ dialect });
      const { t, manage, endAll } = await addAnn(site);
      const again = async () => await site.post('/subscribe/list', { t, everything: '1', time_zone: 'Europe/Berlin' });
      await site.post(endAll, {});
      const ended = await findSubscriberByEmail(site.db, ANN);
      site.clock.advance(HOUR);
      assert.match((await site.get(manage)).text, /Choose something \(a mail with a link to confirm comes first\)/);
      assert.equal((await again()).headers.get('location'), '/subscribe/sent');
      assert.deepEqual(await findSubscriberByEmail(site.db, ANN), ended, 'no consent, and still ended');
      assert.deepEqual(await listsOf(site), []);
      const link = await linkOf(site);
      assert.match(link, /^\/subscribe\/confirm/, 'the owner is asked');
      const token = link.split('token=')[1] ?? '';
      await suppress(site.db, { email: ANN, reason: 'complained', detail: '' }, site.clock.now());
      assert.equal((await site.post('/subscribe/confirm', { token })).status, 403, 'a complaint ends open links');
      const asked = (await mails(site)).length;
      assert.equal((await again()).headers.get('location'), '/subscribe/sent');
      assert.equal((await mails(site)).length, asked);
      assert.equal((await findSuppression(site.db, ANN))?.reason, 'complained');
      assert.deepEqual(await listsOf(site), []);
      const bob = await addAnn(site, 'bob@example.org');
      await suppress(site.db, { email: 'bob@example.org', reason: 'bounced', detail: '' }, site.clock.now());
      await site.post('/subscribe/list', { t: bob.t, categories: 'cs.CL', time_zone: 'Europe/Berlin' });
      assert.equal((await findSuppression(site.db, 'bob@example.org'))?.reason, 'bounced');
      assert.equal((await listsOf(site, 'bob@example.org')).length, 1);
    });

    test('nobody reaches the mail of somebody else', async () => {
      await using site = await openSite({ dialect, starter: false });
      const ann = await addAnn(site);
      const bob = await addAnn(site, 'bob@example.org');
      const before = await snapshot(site);
      const forged = [
        `${bob.t.slice(0, -1)}a`,
        `${ann.t.slice(0, 17)}${bob.t.slice(17)}`,
        ann.endAll.slice(3),
        `x${ann.t}`,
        'm',
        '%',
      ];
      for (const t of forged) {
        assert.equal((await site.get(`/subscribe/manage?${new URLSearchParams({ t }).toString()}`)).status, 403, t);
        for (const path of ['pause', 'zone', 'end', 'links', 'forget', 'resume', 'list'])
          assert.equal((await site.post(`/subscribe/${path}`, { t, days: '5', everything: '1' })).status, 403, path);
      }
      await site.post('/subscribe/end', { t: bob.t, id: ann.subscriptionId });
      assert.equal(
        (await site.post('/subscribe/list', { t: bob.t, id: ann.subscriptionId, everything: '1' })).status,
        404,
      );
      assert.equal((await site.get(`/subscribe/list?t=${bob.t}&id=${ann.subscriptionId}`)).status, 404);
      assert.equal((await site.get('/settings/mail')).status, 303, 'without either one signs in');
      assert.equal(await snapshot(site), before);
    });

    test('one click ends a list without cookie, origin or redirect; opening the link does not', async () => {
      await using site = await openSite({ dialect });
      const { endOne, endAll, manage } = await addAnn(site);
      const before = await snapshot(site);
      for (const method of ['GET', 'HEAD']) assert.equal((await site.get(endOne, {}, method)).status, 200);
      assert.match((await site.get(endOne)).text, /This ends the digest What is trending \..*End this.*End everything/);
      assert.equal((await site.get(endOne, {}, 'PUT')).status, 405);
      assert.equal(await snapshot(site), before);
      for (const path of [`${endOne}x`, endOne.replace(/.$/, 'a'), '/u/x', `/u/${manage.split('t=')[1]}`])
        for (const one of [await site.get(path), await site.post(path, {})])
          assert.ok([404, 405].includes(one.status), path);
      assert.equal(await snapshot(site), before);
      const foreign = { Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site', Authorization: 'Bearer x' };
      const handled = async (body: string | FormData | URLSearchParams, headers: Record<string, string> = {}) =>
        await site.ask(endOne, { method: 'POST', body, headers: { ...foreign, ...headers } });
      const form = new FormData();
      form.set('List-Unsubscribe', 'One-Click');
      const bodies: [string | FormData | URLSearchParams, Record<string, string>?][] = [
        [form],
        [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
        ['List-Unsubscribe=One-Click', { 'Content-Type': 'text/plain' }],
        [''],
      ];
      const ended = new Set<string>();
      for (const [body, headers] of bodies) {
        const answer = await handled(body, headers);
        assert.deepEqual(
          [answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')],
          [200, null, null],
        );
        assert.match(answer.text, /You are unsubscribed/);
        ended.add(await snapshot(site));
      }
      assert.equal(ended.size, 1, 'again changes nothing');
      assert.deepEqual(await listsOf(site), []);
      assert.match((await site.get(endOne)).text, /You are unsubscribed/);
      await addAnn(site);
      assert.equal((await site.post(endAll, {})).status, 200);
      assert.deepEqual(await listsOf(site), []);
      await site.db.deleteFrom('subscribers').execute();
      for (const path of [endOne, endAll])
        assert.equal((await site.post(path, {})).status, 200, 'forgotten, and still');
    });

    test('an account sees the same; its new address takes it along, and its end ends it', async () => {
      await using site = await openSite({ dialect });
      await addAnn(site);
      await site.signIn('root@example.org', { role: 'admin' });
      const ann = await site.signIn(ANN);
      assert.match((await ann.get('/settings')).html, /href="\/settings\/mail"/);
      site.queries.length = 0;
      assert.match((await ann.get('/settings/mail')).text, /What is trending Digest every day at 8:00/);
      assert.ok(site.queries.length <= 5, site.queries.join('\n'));
      assert.match((await ann.get('/settings/export.json')).html, /"subscriptions": \{[\s\S]*"topics"/);
      await ann.post('/settings/email', { email: 'lee@example.org' });
      const link = await linkOf(site);
      assert.match((await ann.get(link)).text, /papers by mail if you get any, will go to lee@example\.org/);
      await ann.post('/settings/email/confirm', { token: new URLSearchParams(link.split('?')[1]).get('token') ?? '' });
      assert.equal((await listsOf(site, 'lee@example.org')).length, 1);
      assert.deepEqual(await listsOf(site), []);
      await suppress(site.db, { email: 'lee@example.org', reason: 'bounced', detail: '550' }, site.clock.now());
      assert.match(
        (await ann.get('/settings/mail')).text,
        /No mail is sent to lee@example\.org since Jan 8, 2026, because our mail came back/,
      );
      await ann.post('/subscribe/lift');
      assert.notEqual((await listsOf(site, 'lee@example.org'))[0]?.nextAt, null);
      await suppress(site.db, { email: 'lee@example.org', reason: 'operator', detail: '' }, site.clock.now());
      assert.equal((await ann.post('/subscribe/lift')).status, 403);
      assert.match((await ann.get('/settings/delete')).text, /papers by mail end/);
      await ann.post('/settings/delete', { name: 'ann' });
      assert.equal(await findSubscriberByEmail(site.db, 'lee@example.org'), undefined);
    });

    test('whoever says no to the offer is not asked again, and stays where they were', async () => {
      await using site = await openSite({ dialect });
      const done = await site.post('/subscribe/dismiss', { next: '/papers/trending', email: '' });
      assert.deepEqual([done.status, done.headers.get('location')], [303, '/papers/trending']);
      const cookie = (done.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      assert.doesNotMatch((await site.get('/papers/trending', { Cookie: cookie })).html, /class="offer"/);
      assert.equal((await site.post('/subscribe/dismiss', { next: '//evil.example' })).headers.get('location'), '/');
      const forged = { Origin: 'https://evil.example' };
      for (const path of ['/subscribe', '/subscribe/dismiss', '/subscribe/confirm', '/subscribe/end'])
        assert.equal((await site.post(path, { email: ANN }, forged)).status, 403, path);
    });
  });
}
