/** Forms that another site sends, and what is carried over a sign-in. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readIntent, signIntent } from '#accounts/intent.ts';
import { openSite } from '../site.ts';

const HERE = 'https://papers.example';

describe('a form that another site sends is refused', () => {
  const forged = [
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: 'https://other.papers.example' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    // One that is right does not make up for one that is wrong.
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
    { Origin: HERE, 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'http://papers.example' },
  ];
  for (const headers of forged) {
    test(JSON.stringify(headers), async () => {
      await using site = await openSite({ starter: false });
      const ann = await site.signIn('ann@example.org');
      const all = { Accept: 'text/html', Cookie: ann.cookie, ...headers } as unknown as Record<string, string>;
      for (const path of ['/sign-out', '/sign-in', '/similar']) {
        const page = await site.post(path, { email: 'mallory@example.org', text: 'a' }, all);
        assert.equal(page.status, 403, path);
        assert.match(page.text, /sent from another site/);
        assert.deepEqual(page.headers.getSetCookie(), []);
      }
      assert.match((await ann.get('/about')).text, /Account of @ann/, 'still signed in');
    });
  }

  test('and one of our own, or of a program, is not', async () => {
    await using site = await openSite({ starter: false });
    for (const headers of [{}, { Origin: HERE }, { 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }])
      assert.equal((await site.post('/sign-in', { email: 'a@example.org' }, headers)).status, 303);
  });
});

test('an intent is good for one hour, for its action and path, and cannot be altered', () => {
  const intent = { action: 'upvote', path: '/papers/2310.02541' };
  const [secret, now] = ['s'.repeat(32), 1_000_000];
  const text = signIntent(intent, secret, now);
  assert.deepEqual(readIntent(text, secret, now + 3_599_999), intent);
  assert.equal(readIntent(text, secret, now + 3_600_000), undefined);
  assert.equal(readIntent(text, 't'.repeat(32), now), undefined);
  const [body = '', signature = ''] = text.split('.');
  const other = Buffer.from(JSON.stringify(['delete', '/', now * 2])).toString('base64url');
  for (const forged of ['', '.', body, `${body}.`, `.${signature}`, `${other}.${signature}`, `${text}A`])
    assert.equal(readIntent(forged, secret, now), undefined, forged);
});
