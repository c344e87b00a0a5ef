import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { encodeCursor } from '#feed/cursor.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

interface StarterLine {
  title: string;
  arxivId: string;
}

const starter = readFileSync(new URL('../../starter/edition-2026-01-06.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as StarterLine);

const cardIds = (html: string) => [...html.matchAll(/<article[^>]* id="p-([^"]+)"/g)].map((match) => match[1]);
const nextPath = (html: string) =>
  /<a [^>]*href="([^"]*after=[^"]+)"[^>]*>\s*More/.exec(html)?.[1]?.replaceAll('&amp;', '&');

const mark = (cursor: unknown[]) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

for (const dialect of dialects) {
  describe(`editions as pages (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect });
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('the front page is the starter edition in page order, over all its pages', async () => {
      const first = await site.get('/');
      assert.equal(first.status, 200);
      assert.match(first.text, /Tuesday, January 6, 2026/);
      const ids = cardIds(first.html);
      assert.equal(ids.length, 50);
      const second = await site.get(nextPath(first.html) ?? 'no next page');
      ids.push(...cardIds(second.html));
      assert.deepEqual(
        ids,
        starter.map((line) => line.arxivId),
      );
      assert.equal(nextPath(second.html), undefined);
    });

    test('a card shows title, abstract, organisation or authors, date, votes, comments, categories', async () => {
      const { text, html } = await site.get('/');
      for (const part of ['RegMean++: Enhancing', '4 authors', 'Aug 5, 2025', 'Spiral Works', '0 comments', 'cs.LG'])
        assert.ok(text.includes(part), part);
      assert.match(html, /href="\/organizations\/spiralworks"/);
      assert.match(text, /model merging as a linear regression problem/);
      assert.doesNotMatch(text, /2 comments/, 'another site’s count is not ours');
    });

    test('the day, its week and its month hold the same papers', async () => {
      for (const path of ['/papers/date/2026-01-06', '/papers/week/2026-W02', '/papers/month/2026-01']) {
        const page = await site.get(path);
        assert.equal(page.status, 200, path);
        assert.equal(cardIds(page.html)[0], starter[0]?.arxivId, path);
        assert.match(page.html, new RegExp(`<link rel="canonical" href="https://papers.example${path}"`));
      }
    });

    test('a later page of a list is followed, but neither indexed nor taken for the first', async () => {
      const mark = encodeCursor(['d', '2030-01-01', '3001.00001']);
      for (const path of ['/', '/categories/cs']) {
        const first = await site.get(path);
        assert.match(first.html, /<link rel="canonical"/);
        assert.doesNotMatch(first.html, /<meta name="robots"/);
        const second = await site.get(nextPath(first.html) ?? `${path}?after=${mark}`);
        assert.equal(second.status, 200);
        assert.match(second.html, /<meta name="robots" content="noindex, follow"/);
        assert.doesNotMatch(second.html, /rel="canonical"|og:url/);
      }
    });

    test('every page tells link previews its title, description, address and site', async () => {
      for (const path of [
        '/',
        '/papers/date/2026-01-06',
        '/categories/cs.LG',
        '/papers/2310.02541',
        '/about',
        '/search',
      ]) {
        const { html } = await site.get(path);
        const tags = new Map(
          [...html.matchAll(/<meta (?:property|name)="([\w:]+)" content="([^"]*)"/g)].map(([, name, value]) => [
            name,
            value,
          ]),
        );
        assert.equal(tags.get('og:url'), `https://papers.example${path}`);
        assert.equal(tags.get('og:site_name'), 'Daily Papers');
        assert.equal(tags.get('og:type'), path === '/papers/2310.02541' ? 'article' : 'website');
        assert.ok(tags.get('og:title'), path);
        assert.ok(tags.get('og:description'), path);
        assert.equal(tags.get('og:description'), tags.get('description'));
        for (const name of ['og:title', 'og:url', 'og:type', 'og:description'])
          assert.equal(html.split(`"${name}"`).length, 2, `${name} once in ${path}`);
      }
    });

    test('an empty edition says why and leads to the nearest one', async () => {
      const page = await site.get('/papers/date/2026-01-08');
      assert.equal(page.status, 200);
      assert.match(page.text, /No papers for Thursday, January 8, 2026/);
      assert.match(page.html, /href="\/papers\/date\/2026-01-06"/);
      for (const [path, reason] of [
        ['/papers/date/2026-01-04', /weekends stay empty/],
        ['/papers/date/2025-11-05', /No papers of this day are in this archive/],
        ['/papers/week/2025-W40', /No papers of this week are in this archive/],
        ['/papers/date/2026-01-08', /have come yet/],
        ['/papers/date/2026-01-09', /has not been printed yet/],
        ['/papers/month/2030-01', /has not been printed yet/],
      ] as const) {
        assert.match((await site.get(path)).text, reason, path);
      }
    });

    test('search engines are kept from days that are still to come, and from no others', async () => {
      assert.match((await site.get('/papers/date/2030-01-01')).html, /<meta name="robots" content="noindex"/);
      assert.doesNotMatch((await site.get('/papers/date/2026-01-06')).html, /noindex/);
      assert.doesNotMatch((await site.get('/papers/date/2025-11-05')).html, /noindex/);
    });

    test('“today” is an address', async () => {
      const page = await site.get('/papers/date/today');
      assert.equal(page.status, 302);
      assert.equal(page.headers.get('location'), '/papers/date/2026-01-08');
    });

    test('a day that is none gets a picker of days', async () => {
      assert.match((await site.get('/papers/date/yesterday')).html, /<input type="date"/);
    });

    test('previous and next skip empty days', async () => {
      await save(site.db, makeDraft(1, { announcedOn: '2025-12-30' }), makeDraft(2, { announcedOn: '2026-01-07' }));
      const page = await site.get('/papers/date/2026-01-06');
      assert.match(page.html, /<a[^>]*rel="prev"[^>]*href="\/papers\/date\/2025-12-30"/);
      assert.match(page.html, /<a[^>]*rel="next"[^>]*href="\/papers\/date\/2026-01-07"/);
      assert.match(page.text, /Earlier: Dec 30, 2025/, 'another year is named');
      assert.match(page.text, /Later: Jan 7 →/, 'the same is not');
      assert.match((await site.get('/papers/date/2025-12-30')).text, /Later: Jan 6, 2026/);
    });

    test('an edition of both kinds of papers says its order', async () => {
      const order = /Most upvotes first, then submitted papers, then what arXiv announced/;
      assert.doesNotMatch((await site.get('/papers/date/2026-01-06')).text, order);
      await save(site.db, makeDraft(3, { announcedOn: '2026-01-06' }));
      const page = await site.get('/papers/date/2026-01-06');
      assert.match(page.text, order);
      assert.match(page.text, /58 papers/);
    });

    test('every page of an edition takes at most five queries', async () => {
      for (const path of ['/', '/papers/date/2026-01-06', '/papers/week/2026-W02', '/papers/month/2026-01']) {
        site.queries.length = 0;
        await site.get(path);
        assert.ok(site.queries.length <= 5, `${path}: ${site.queries.length} queries`);
      }
    });

    test('the date picker leads to the day', async () => {
      const page = await site.get('/papers/date?day=2026-01-06');
      assert.equal(page.status, 302);
      assert.equal(page.headers.get('location'), '/papers/date/2026-01-06');
    });

    test('what is not a date, a week, a month or a page mark gets 400 with an example of a good one', async () => {
      for (const [path, example] of [
        ['/papers/date/2025-13-40', '/papers/date/2026-01-06'],
        ['/papers/date/yesterday', '/papers/date/2026-01-06'],
        ['/papers/date?day=', '/papers/date/2026-01-06'],
        ['/papers/week/2026-W60', '/papers/week/2026-W02'],
        ['/papers/month/2026-00', '/papers/month/2026-01'],
        ['/?after=nonsense', 'after='],
        [`/?after=${mark(['s', '2026-01-06', 1.5])}`, 'after='],
        [`/?after=${mark(['s', '2026-01-06', 1e300])}`, 'after='],
        [`/?after=${mark(['s', 'someday', 1])}`, 'after='],
        [`/?after=${mark(['a', '2026-01-06', '\u0000'])}`, 'after='],
        ['/papers/%00', '%00'],
        ['/authors/%00', '%00'],
        ['/search?q=a%00b', '%00'],
      ] as const) {
        const page = await site.get(path);
        assert.equal(page.status, 400, path);
        assert.ok(page.text.includes(example), `${path} names ${example}`);
      }
    });
  });
}

test('an installation without papers has a front page that helps', async () => {
  await using site = await openSite({ starter: false });
  const page = await site.get('/');
  assert.equal(page.status, 200);
  assert.match(page.text, /No papers/);
});

test('the day turns in the configured time zone', async () => {
  await using site = await openSite({ settings: { TIME_ZONE: 'Pacific/Kiritimati' } }); // 14 hours ahead of UTC
  await save(site.db, makeDraft(1, { announcedOn: '2026-01-09' }));
  assert.match((await site.get('/')).text, /Friday, January 9, 2026/);
});

test('a front page that has grown old says so, and only there', async () => {
  await using site = await openSite();
  const old = /No newer papers have come since/;
  assert.doesNotMatch((await site.get('/')).text, old);
  site.clock.advance(4 * 86_400_000);
  assert.match((await site.get('/')).text, old);
  assert.doesNotMatch((await site.get('/papers/date/2026-01-06')).text, old);
});
