/** Asking for papers by mail, from the offer to the list, on both databases. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suppress } from '#subscriptions/suppress.ts';
import { dialects } from '../database.ts';
import { addAnn, ANN, linkOf, listsOf, mails, PLAIN, snapshot } from '../mailed.ts';
import { openSite } from '../site.ts';
import type { Fields } from '../site.ts';

const HOUR = 3_600_000;

for (const dialect of dialects) {
  describe(`asking for papers by mail (${dialect})`, () => {
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
