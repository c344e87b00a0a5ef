/** Unsubscribing by one click (RFC 8058) and by the page behind the link, on both databases. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { addAnn, listsOf, ONE_CLICK, snapshot } from '../mailed.ts';
import { openSite } from '../site.ts';

for (const dialect of dialects) {
  describe(`unsubscribing (${dialect})`, () => {
    test('one click ends a list without cookie, origin or redirect; opening the link does not', async () => {
      await using site = await openSite({ dialect });
      const { endOne, endAll, manage } = await addAnn(site);
      const before = await snapshot(site);
      for (const method of ['GET', 'HEAD']) assert.equal((await site.get(endOne, {}, method)).status, 200);
      assert.match((await site.get(endOne)).text, /This ends the digest What is trending \..*End this.*End everything/);
      assert.equal((await site.get(endOne, {}, 'PUT')).status, 405);
      assert.equal(await snapshot(site), before);
      for (const path of [`${endOne}x`, endOne.replace(/.$/, 'a'), '/u/x', `/u/${manage.split('t=')[1]}`])
        for (const one of [await site.get(path), await site.post(path, ONE_CLICK)]) {
          assert.equal(one.status, 404, path);
          assert.match(one.text, /copy all of it.*have a new link mailed to you/);
          assert.doesNotMatch(one.text, /Search for it/);
        }
      assert.equal(await snapshot(site), before);
      const foreign = { Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site', Authorization: 'Bearer x' };
      const handled = async (body: string | FormData | URLSearchParams, headers: Record<string, string> = {}) =>
        await site.ask(endOne, { method: 'POST', body, headers: { ...foreign, ...headers } });
      const form = new FormData();
      form.set('List-Unsubscribe', 'One-Click');
      const bodies: [string | FormData | URLSearchParams, Record<string, string>?][] = [
        [form],
        [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
        ['List-Unsubscribe=One-Click\r\n', { 'Content-Type': 'text/plain' }],
      ];
      const other = new FormData();
      other.set('List-Unsubscribe', 'Yes');
      for (const body of [
        '',
        'foo=1',
        'List-Unsubscribe=',
        'List-Unsubscribe',
        '{"List-Unsubscribe":"One-Click"}',
        other,
      ]) {
        const answer = await handled(body);
        assert.equal(answer.status, 400);
        assert.match(answer.text, /Nothing was ended/);
      }
      assert.equal(await snapshot(site), before, 'nothing else ends anything');
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
      assert.equal((await site.post(endAll, ONE_CLICK)).status, 200);
      assert.deepEqual(await listsOf(site), []);
      await site.db.deleteFrom('subscribers').execute();
      for (const path of [endOne, endAll])
        assert.equal((await site.post(path, ONE_CLICK)).status, 200, 'forgotten, and still');
    });
  });
}
