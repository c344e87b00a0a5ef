/** The preview of the digest: what it weighs, that it loads nothing, and that it is as it is sent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankDue } from '#ranking/rank-due.ts';
import { makeDraft } from '../drafts.ts';
import { onEachDatabase } from '../database.ts';
import { openPost, paperOf } from '../post.ts';
import { parse } from '../smtp-sink.ts';
import { openSite } from '../site.ts';

/** Gmail clips what is longer. */
const GMAIL_BYTES = 90 * 1024;

onEachDatabase('the preview', (_open, dialect) => {
  test('shows the digest of the newest edition in HTML and text, in few queries', async () => {
    await using site = await openSite({ dialect });
    await rankDue({ db: site.db, now: site.clock.now() });
    site.queries.length = 0;
    const page = await site.get('/subscribe/preview');
    assert.equal(page.status, 200);
    assert.ok(site.queries.length <= 5, site.queries.join('\n'));
    assert.match(page.html, /<title>.+ and 9 more — Tuesday, Jan 6<\/title>/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'unsafe-inline'/);
    assert.match((await site.get('/about')).headers.get('content-security-policy') ?? '', /style-src 'self'/);
    const text = await site.get('/subscribe/preview?text');
    assert.match(text.headers.get('content-type') ?? '', /^text\/plain/);
    const titles = [...page.html.matchAll(/<h2[^>]*><a[^>]*>([^<]+)</g)].map(([, title = '']) => title);
    assert.equal(titles.length, 10);
    for (const line of text.html.split('\n').slice(1)) assert.ok(line.length <= 78 || /https?:/.test(line), line);
  });

  test('loads nothing, runs nothing, follows nobody', async () => {
    await using site = await openSite({ dialect });
    await rankDue({ db: site.db, now: site.clock.now() });
    const { html } = await site.get('/subscribe/preview');
    assert.doesNotMatch(html, /<(?:img|script|link|iframe|form|video|object)\b|url\(|@import/i);
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g))
      assert.match(href, /^https:\/\/papers\.example(?:\/|$)/);
  });

  test('an empty installation says so', async () => {
    await using site = await openSite({ dialect, starter: false });
    const page = await site.get('/subscribe/preview');
    assert.equal(page.status, 404);
    assert.match(page.text, /There is nothing to preview yet/);
  });
});

test('a mail of fifty papers with long titles is not clipped', async () => {
  await using post = await openPost();
  await post.subscribe({ email: 'ann@example.org', most: 50 });
  const drafts = Array.from({ length: 60 }, (_, at) => {
    const { title, abstract } = {
      title: `A rather long title of some paper & others, number ${at}, `.repeat(3),
      abstract: `We show that ${'something of note <b> happens, '.repeat(9)}again.`,
    };
    return { ...paperOf('2026-01-06', at + 1), ...makeDraft(at + 1, { title, abstract }) };
  });
  await post.print(...drafts);
  await post.runAt('2026-01-06T07:00:00Z');
  const raw = post.sink.taken[0]?.raw ?? '';
  const html = raw.slice(raw.indexOf('text/html'));
  assert.equal([...html.matchAll(/<h2/g)].length, 50);
  assert.ok(html.length < GMAIL_BYTES, `${html.length} bytes`);
});

test('one in a script of three bytes a letter is not clipped either: it says how many more there are', async () => {
  await using post = await openPost();
  await post.subscribe({ email: 'ann@example.org', most: 50 });
  const drafts = Array.from({ length: 50 }, (_, at) => {
    const title = `${'語言模型的長標題'.repeat(20)} ${at}`;
    return {
      ...paperOf('2026-01-06', at + 1),
      ...makeDraft(at + 1, { title, abstract: '我們證明了一些事情。'.repeat(40) }),
    };
  });
  await post.print(...drafts);
  await post.runAt('2026-01-06T07:00:00Z');
  const { html, text = '' } = await parse(post.sink.taken[0] ?? { raw: '' });
  const bytes = Buffer.byteLength(String(html));
  assert.ok(bytes < GMAIL_BYTES, `${bytes} bytes`);
  const shown = [...String(html).matchAll(/<h2/g)].length;
  assert.ok(shown > 20 && shown < 50, `${shown} papers`);
  assert.match(String(html), new RegExp(`And ${50 - shown} more on`));
  assert.match(String(html), />Unsubscribe</);
  assert.match(text, /^50\. /m);
});
