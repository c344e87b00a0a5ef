/** Whoever is too fast loses nothing: the answer is a form that holds what was sent, for every form of the site. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../database.ts';
import { openSite } from '../site.ts';
import type { Fields } from '../site.ts';
import { filledIn } from './filled-in.ts';

const PAPER = '/papers/2509.21043';
const HERE = 'https://papers.example';
const TEXT = '\nIs "this" <b>right</b> & fair?\r\n\r\nI wonder';

onEachDatabase('who writes too fast', (_open, dialect) => {
  it('is shown every form with what was typed, when it works again, and a way back', async () => {
    await using site = await openSite({ dialect, settings: { WRITES_PER_MINUTE: '1' } });
    const ann = await site.signIn('ann@example.org', { role: 'admin' });
    const eve = await site.signIn('eve@example.org');
    const written = await eve.post(`${PAPER}/comments`, { body: 'First' });
    const comment = (written.headers.get('location') ?? '').split('/').at(-1) ?? '';
    const forms: [path: string, fields: Record<string, string>, from: string, seen: string | undefined][] = [
      [`${PAPER}/comments`, { body: TEXT, replyTo: comment }, PAPER, 'body'],
      [`${PAPER}/comments`, { body: TEXT, preview: '1' }, PAPER, 'body'],
      [`${PAPER}/comments/${comment}/edit`, { body: TEXT }, PAPER, 'body'],
      [`${PAPER}/comments/${comment}/delete`, {}, PAPER, undefined],
      [`${PAPER}/comments/${comment}/react`, { on: 'agree' }, PAPER, undefined],
      [`${PAPER}/upvote`, { voted: '1' }, '/papers/trending?sort=new', undefined],
      [`${PAPER}/links`, { code: 'https://github.com/a/b', project: '' }, `${PAPER}/links`, 'code'],
      ['/papers/submit', { paper: '2601.00001', any_age: '1' }, '/', 'paper'],
      ['/report', { kind: 'comment', id: comment, reason: TEXT }, `/report?kind=comment&id=${comment}`, 'reason'],
      ['/settings/profile', { full_name: 'Ann "The" <Lee>', name: 'ann-lee' }, '/settings', 'full_name'],
      ['/settings/email', { email: 'ann@new.example' }, '/settings', 'email'],
      ['/settings/tokens', { name: 'my script', scope: 'write' }, '/settings', 'name'],
      ['/settings/delete', { name: 'ann' }, '/settings/delete', undefined],
      ['/subscribe/pause', { t: 'abc', days: '40' }, '/subscribe/manage?t=abc', 'days'],
      ['/subscribe/zone', { t: 'abc', time_zone: 'Europe/Berlin' }, '/subscribe/manage?t=abc', 'time_zone'],
      ['/settings/invitations', { email: 'kim@example.org' }, '/settings', 'email'],
      ['/settings/hooks', { url: 'https://chat.example/x', format: 'slack', search: 'graphs' }, '/', 'search'],
      ['/moderation/act', { kind: 'comment', id: comment, do: 'hide', reason: TEXT }, '/moderation', 'reason'],
      ['/moderation/people', { id: eve.user.id, do: 'ban', reason: TEXT }, '/users/eve', 'reason'],
      ['/subscribe', { email: 'x@example.org', authors: 'Ann Lee\r\nKim Oh', hour: '7' }, '/', 'authors'],
      ['/sign-out', {}, '/about', undefined],
    ];
    await ann.post(`${PAPER}/upvote`, { voted: '0' });
    for (const [path, fields, from, seen] of forms) {
      const refused = await ann.post(path, fields, { Referer: HERE + from });
      assert.equal(refused.status, 429, path);
      assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/, path);
      assert.match(refused.text, /It works again in \d+ seconds\./, path);
      const isBack = refused.html.includes(` href="${from.replaceAll('&', '&amp;')}">Back to where you were</a>`);
      assert.ok(isBack, path);
      if (seen === undefined) {
        assert.doesNotMatch(refused.text, /Send it again/, `${path}: nothing was written, or it is for good`);
        continue;
      }
      const { way_back: _, ...held } = filledIn(refused.html, path);
      assert.deepEqual(held, fields, path);
      assert.match(refused.html, new RegExp(`<label><span>[^<]+</span><(?:textarea|input)[^>]* name="${seen}"`), path);
      assert.doesNotMatch(refused.html, /<b>right|<Lee>/);
    }
    const written429 = await ann.post(`${PAPER}/comments`, { body: TEXT }, { Referer: HERE + PAPER });
    const again = filledIn(written429.html, `${PAPER}/comments`);
    // Pressed at once, it is too early still; the way back is not lost.
    const early = await ann.post(`${PAPER}/comments`, again, { Referer: `${HERE}${PAPER}/comments` });
    assert.equal(early.status, 429);
    assert.match(early.html, new RegExp(`<a href="${PAPER}">Back to where you were</a>`));
    assert.deepEqual(filledIn(early.html, `${PAPER}/comments`), again);
    site.clock.advance(60_000);
    assert.equal((await ann.post(`${PAPER}/comments`, again)).status, 303);
    const rows = await site.db.selectFrom('comments').select('body').where('user_id', '=', ann.user.id).execute();
    assert.deepEqual(
      rows.map(({ body }) => body),
      ['Is "this" <b>right</b> & fair?\n\nI wonder'],
    );
  });

  it('keeps the text of forms that have a limit of an hour, too', async () => {
    await using site = await openSite({ dialect });
    const ann = await site.signIn('ann@example.org');
    const fields = { kind: 'paper', id: '2509.21043', reason: TEXT };
    let refused = await ann.post('/report', fields);
    for (let count = 0; count < 10 && refused.status !== 429; count += 1) refused = await ann.post('/report', fields);
    assert.equal(refused.status, 429);
    const { way_back: _, ...held } = filledIn(refused.html, '/report');
    assert.deepEqual(held, fields);
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
  });

  it('is told which limit it was, and that it is smaller while the account is new', async () => {
    await using site = await openSite({
      dialect,
      settings: { WRITES_PER_MINUTE: '6', WRITES_PER_MINUTE_ADDRESS: '4' },
    });
    const young = await site.signIn('young@example.org');
    const old = await site.signIn('old@example.org', { createdAt: 0 });
    const told = async (send: () => Promise<{ status: number; text: string }>) => {
      for (let count = 0; count < 100; count += 1) {
        const { status, text } = await send();
        if (status === 429) return text;
      }
      return '';
    };
    const vote = (who: typeof old) => async () => await who.post(`${PAPER}/upvote`, { voted: '1' });
    assert.match(
      await told(vote(young)),
      /One account can send 2 forms a minute while it is new; from Jan 9, 2026, 12:00 PM UTC on, 6\./,
    );
    assert.match(await told(vote(old)), /One account can send 6 forms a minute\. /);
    const far = async () => await site.postFrom('192.0.2.1', '/similar/x', {});
    assert.match(await told(far), /Everybody at one network address together can send 4 forms a minute\./);
    const report = (who: typeof old) => async () => {
      site.clock.advance(60_000);
      return await who.post(
        '/report',
        { kind: 'paper', id: '2509.21043', reason: TEXT },
        { Accept: 'application/json' },
      );
    };
    assert.match(
      await told(report(young)),
      /One account can make 7 reports an hour while it is new; from Jan 9, 2026, 12:00 PM UTC on, 20\./,
    );
    assert.match(await told(report(old)), /One account can make 20 reports an hour\./);
  });

  it('is sent nowhere else, and nothing is repeated that is no form or too long for one', async () => {
    await using site = await openSite({ dialect, settings: { WRITES_PER_MINUTE: '1' } });
    const ann = await site.signIn('ann@example.org');
    await ann.post(`${PAPER}/upvote`, { voted: '0' });
    const evil = await ann.post(
      `${PAPER}/comments`,
      { body: 'x', way_back: '//evil.example' },
      { Referer: 'https://evil.example/papers' },
    );
    assert.equal(evil.status, 429);
    assert.doesNotMatch(evil.html, /evil\.example|Back to where you were/);
    const silent = await ann.post(`${PAPER}/comments`, { body: 'x' });
    assert.ok(silent.html.includes(`<a href="${PAPER}">Back to where you were</a>`), 'of no page, to the paper');
    const long = await ann.post(`${PAPER}/comments`, { body: 'x'.repeat(350_000) });
    assert.equal(long.status, 429);
    assert.ok(long.html.length < 50_000);
    // Whatever a form of the site takes comes back whole.
    const authors = '深度学习'.repeat(2_500);
    const list = await ann.post('/subscribe', {
      email: 'x@example.org',
      authors,
      organizations: authors.slice(0, 9_000),
    });
    assert.equal(list.status, 429);
    assert.ok(list.html.includes(`\n${authors}</textarea>`));
    const odd = await site.ask(`${PAPER}/comments`, {
      method: 'POST',
      body: '{}',
      headers: { Accept: 'text/html', Cookie: ann.cookie, 'Content-Type': 'application/json' },
    });
    assert.equal(odd.status, 429);
    const told = await ann.post(`${PAPER}/comments`, { body: 'x' }, { Accept: 'application/json' });
    assert.deepEqual([told.status, Object.keys(JSON.parse(told.html) as object)], [429, ['error', 'hint']]);
  });
});

onEachDatabase('a form that cannot be taken', (_open, dialect) => {
  it('leads back to the page that it was sent from', async () => {
    await using site = await openSite({ dialect });
    const eve = await site.signIn('eve@example.org');
    await site.db.updateTable('users').set({ banned_at: 1 }).where('id', '=', eve.user.id).execute();
    const fields: Fields = { voted: '1' };
    const refused = await eve.post(`${PAPER}/upvote`, fields, { Referer: `${HERE}/papers/trending?sort=new` });
    assert.equal(refused.status, 403);
    assert.match(refused.html, /<a class="button" href="\/papers\/trending\?sort=new">Back to where you were<\/a>/);
    const gone = await eve.get('/papers/2509.99999', { Referer: `${HERE}/papers/trending` });
    assert.doesNotMatch(gone.text, /Back to where you were/, 'a page that was only opened has the browser’s way back');
  });
});
