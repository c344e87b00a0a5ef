/** What a program with an access token may send: a list, so that every new form is closed to tokens until somebody opens it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { openAccounts } from '#accounts/accounts.ts';
import { createToken } from '#accounts/token-store.ts';
import { findUserByEmail } from '#accounts/store.ts';
import { openHookDesk } from '#hooks/desk.ts';
import { belowPaper } from '#web/paper-address.ts';
import { createSite } from '#web/routes.tsx';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

/** In somebody's name. None of them changes an account, its owner's or another. */
const OPEN = [
  ...['/papers/submit', '/papers/:id{.+}/links', '/report', '/moderation/act'],
  ...['upvote', 'comments'].map(belowPaper),
  ...['edit', 'delete', 'react'].map((what) => belowPaper(`comments/[^/]+/${what}`)),
];
/** In nobody's name: they do the same without a token. */
const ANONYMOUS = [
  ...['/similar', '/sign-in', '/sign-in/link', '/sign-in/provider', '/sign-in/passkey/options', '/sign-in/passkey'],
  ...['/sign-out', '/subscribe', '/subscribe/link', '/subscribe/dismiss', '/subscribe/confirm', '/u/:token'],
];

/** The addresses of the site's forms. */
function writingRoutes({ app }: TestSite): string[] {
  const url = 'https://papers.example';
  const accounts = openAccounts({ ...app, url });
  const hooks = openHookDesk({ ...app, url });
  const fetchSubmitted = async () => await Promise.resolve();
  const moveMails = async () => await Promise.resolve();
  const site = createSite({ ...app, url, accounts, hooks, fetchSubmitted, moveMails }, new Hono());
  const safe = ['GET', 'HEAD', 'OPTIONS', 'ALL'];
  return [...new Set(site.routes.filter(({ method }) => !safe.includes(method)).map(({ path }) => path))];
}

test('a token that may write cannot use a form that is not on the list, not even an admin’s', async () => {
  await using site = await openSite();
  const root = await site.signIn('root@example.org', { role: 'admin' });
  const eve = await site.signIn('eve@example.org');
  const token = await createToken(site.db, root.user.id, { name: 'all', scope: 'write' }, site.clock.now());
  const program = { Authorization: `Bearer ${token ?? ''}` };
  const routes = writingRoutes(site);
  const listed = new Set([...OPEN, ...ANONYMOUS]);
  for (const path of listed) assert.ok(routes.includes(path), `there is no ${path} any more`);
  const closed = routes.filter((path) => !listed.has(path));
  assert.ok(closed.length >= 10, closed.join());
  const fields = { id: eve.user.id, name: 'root', email: 'm@example.org', reason: 'Because', scope: 'write' };
  for (const path of closed) {
    for (const wanted of ['make admin', 'ban', 'hide']) {
      const { status } = await site.post(path, { ...fields, do: wanted }, program);
      assert.equal(status, 403, `${path}: close it to tokens by requirePerson, or put it on the list of this test`);
    }
  }
  assert.equal((await site.get('/settings/export.json', program)).status, 403);
  const { id } = await site.db.selectFrom('papers').select('id').limit(1).executeTakeFirstOrThrow();
  const written = await eve.post(`/papers/${id}/comments`, { body: 'Buy this' }, { Accept: 'application/json' });
  const comment = { kind: 'comment', id: (JSON.parse(written.html) as { id: string }).id, reason: 'Because' };
  assert.equal((await site.post('/moderation/act', { ...comment, do: 'ban' }, program)).status, 403);
  const { role, bannedAt } = (await findUserByEmail(site.db, 'eve@example.org')) ?? {};
  assert.deepEqual([role, bannedAt], ['reader', null]);
  assert.equal((await findUserByEmail(site.db, 'root@example.org'))?.role, 'admin');
});
