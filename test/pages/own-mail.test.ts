/** What comes by mail, seen and changed by a link of a mail and by an account, on both databases. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endAll } from '#subscriptions/change.ts';
import { MOST_LISTS } from '#subscriptions/list.ts';
import { findSubscriberByEmail } from '#subscriptions/store.ts';
import { findSuppression, suppress } from '#subscriptions/suppress.ts';
import { dialects } from '../database.ts';
import { addAnn, ANN, linkOf, listsOf, mails, ONE_CLICK, PLAIN, snapshot } from '../mailed.ts';
import { openSite } from '../site.ts';

const HOUR = 3_600_000;

for (const dialect of dialects) {
  describe(`one’s own mail (${dialect})`, () => {
    test('who has as many lists as there may be keeps the form of one more', async () => {
      await using site = await openSite({ dialect });
      const { t } = await addAnn(site);
      for (let number = 1; number < MOST_LISTS; number += 1)
        await site.post('/subscribe/list', { t, searches: `numbats ${number}`, hour: '20' });
      assert.equal((await listsOf(site)).length, MOST_LISTS);
      const full = await site.post('/subscribe/list', { t, searches: 'numbats at night', hour: '21' });
      assert.equal(full.status, 422);
      assert.match(full.text, /There are 20 lists for this address already\. End one of them first\./);
      assert.match(full.html, /numbats at night/);
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
      const mars = await site.post('/subscribe/zone', { t, time_zone: 'Mars' });
      assert.equal(mars.status, 422);
      assert.match(mars.text, /Your mail .*Hours are those of America\/New York.*“Mars” is no time zone\./);
      await site.post('/subscribe/pause', { t, days: '10' });
      const paused = await site.get(manage);
      assert.match(paused.text, /next time on Sunday, January 18, 8:00.*It is paused until then/);
      await site.post('/subscribe/resume', { t });
      for (const days of ['0', '', 'soon', '367']) {
        const wrong = await site.post('/subscribe/pause', { t, days });
        assert.equal(wrong.status, 422);
        assert.match(wrong.text, /Your mail .*A pause is 1 to 366 whole days long\./);
        assert.ok(wrong.html.includes(`name="days" value="${days}"`), 'what was typed stands there');
        assert.equal(wrong.text.includes('end what comes'), days === '367');
      }
      assert.doesNotMatch((await site.get(manage)).text, /paused until/);
      const file = await site.get(`/subscribe/export.json?t=${t}`);
      assert.equal((JSON.parse(file.html) as { lists: unknown[] }).lists.length, 2);
      assert.equal(file.html.includes(subscriber.linkKey), false);
      await site.post('/subscribe/end', { t, id: subscriptionId });
      assert.equal((await listsOf(site)).length, 1);
      const renewed = (await site.post('/subscribe/links', { t })).headers.get('location') ?? '';
      const dead = await site.get(manage);
      assert.equal(dead.status, 403, 'old links are dead');
      assert.match(dead.text, /does not work any more.*have a new link mailed to you/);
      assert.equal((await site.get(renewed)).status, 200);
      const newT = /t=([^&]*)/.exec(renewed)?.[1] ?? '';
      await site.post('/subscribe/end', { t: newT });
      assert.match((await site.get(renewed)).text, /Nothing is mailed to ann@example\.org/);
      assert.equal((await site.post('/subscribe/forget', { t: newT })).headers.get('location'), '/subscribe/forgotten');
      assert.equal(await snapshot(site), '[[],[],[],[]]');
    });

    test('who has a forwarded link begins no mail again: not what ended, nor where mail is not wanted', async () => {
      await using site = await openSite({ dialect });
      const { t, manage, endAll: end } = await addAnn(site);
      const again = async () => await site.post('/subscribe/list', { t, everything: '1', time_zone: 'Europe/Berlin' });
      await site.post(end, ONE_CLICK);
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

    test('a new link is mailed to whoever gets mail, a pause or not; nothing begins, and nobody else is mailed', async () => {
      await using site = await openSite({ dialect });
      const { subscriber, t } = await addAnn(site);
      await site.post('/subscribe/pause', { t, days: '30' });
      const before = await snapshot(site);
      const ask = async (email: string) => {
        const { status, headers, html } = await site.post('/subscribe/link', { email });
        assert.deepEqual([status, headers.get('location'), html], [303, '/subscribe/sent?link', ''], email);
        return await mails(site);
      };
      const [mail] = await ask(ANN);
      assert.equal(mail?.to, ANN);
      assert.match(mail.subject, /^Your mail from/);
      assert.match((await site.get(await linkOf(site))).text, /It is paused until then/);
      assert.equal(await snapshot(site), before, 'neither a list nor the end of a pause');
      await addAnn(site, 'ended@example.org');
      const ended = await findSubscriberByEmail(site.db, 'ended@example.org');
      assert.ok(ended);
      await endAll(site.db, ended.id, site.clock.now());
      await site.post('/subscribe', { email: 'asked@example.org', ...PLAIN });
      await addAnn(site, 'gone@example.org');
      await suppress(site.db, { email: 'gone@example.org', reason: 'bounced', detail: '' }, site.clock.now());
      const sent = (await mails(site)).length;
      for (const email of ['new@example.org', 'ended@example.org', 'asked@example.org', 'gone@example.org'])
        assert.equal((await ask(email)).length, sent, email);
      assert.equal(await findSubscriberByEmail(site.db, 'new@example.org'), undefined);
      assert.match((await site.get('/subscribe/sent?link')).text, /If anything is mailed to that address/);
      const wrong = await site.post('/subscribe/link', { email: 'nobody' });
      assert.equal(wrong.status, 400);
      assert.match(wrong.text, /no mail address.*Mail me a link/);
      assert.equal((await findSubscriberByEmail(site.db, ANN))?.linkKey, subscriber.linkKey);
    });

    test('who ends everything and chooses again by a link of before has a new one, and the old one is dead', async () => {
      await using site = await openSite({ dialect });
      const { t, manage } = await addAnn(site);
      await site.post('/subscribe/end', { t });
      await site.post('/subscribe/list', { t, categories: 'cs.CL', time_zone: 'Europe/Berlin' });
      assert.deepEqual(await listsOf(site), [], 'the owner is asked');
      const token = (await linkOf(site)).split('token=')[1] ?? '';
      const done = await site.post('/subscribe/confirm', { token });
      const anew = done.headers.get('location') ?? '';
      assert.match((await site.get(anew)).text, /You are subscribed.*Computation and Language \(cs\.CL\)/);
      const old = await site.get(manage);
      assert.equal(old.status, 403, 'whoever it was forwarded to sees nothing any more');
      assert.match(old.text, /have a new link mailed to you/);
      assert.equal((await site.get(`/subscribe/export.json?t=${t}`)).status, 403);
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

    test('an account sees the same; its new address takes it along, and its end ends it', async () => {
      await using site = await openSite({ dialect });
      await addAnn(site);
      await site.signIn('root@example.org', { role: 'admin' });
      const ann = await site.signIn(ANN);
      assert.match((await ann.get('/settings')).html, /href="\/settings\/mail"/);
      site.queries.length = 0;
      const page = await ann.get('/settings/mail');
      assert.match(page.text, /What is trending Digest every day at 8:00/);
      assert.match(page.text, /End the digest “What is trending”/, 'buttons say of what, to ears');
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
      assert.equal((await ann.post('/subscribe/lift')).headers.get('location'), '/settings/mail?done=resumed');
      assert.notEqual((await listsOf(site, 'lee@example.org'))[0]?.nextAt, null);
      const forgotten = await ann.post('/subscribe/forget');
      assert.match(
        (await ann.get(forgotten.headers.get('location') ?? '')).text,
        /Your address was deleted from the mailing/,
      );
      await ann.post('/subscribe', { own_address: '1', ...PLAIN });
      await suppress(site.db, { email: 'lee@example.org', reason: 'operator', detail: '' }, site.clock.now());
      assert.equal((await ann.post('/subscribe/lift')).status, 403);
      assert.match((await ann.get('/settings/delete')).text, /papers by mail end/);
      await ann.post('/settings/delete', { name: 'ann' });
      assert.equal(await findSubscriberByEmail(site.db, 'lee@example.org'), undefined);
    });
  });
}
