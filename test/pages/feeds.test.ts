import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { feedFormats, feedPath } from '#feed/feed-formats.ts';
import { dayToEpoch } from '#platform/day.ts';
import { indexDue } from '#search/index-due.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const V1 = Date.parse('2026-01-05T10:00:00Z');
const V2 = Date.parse('2026-01-06T09:30:00Z');
const lab = { slug: 'quokka-lab', name: 'Quokka Lab' };
const quokka = {
  title: 'Quokkas of $\\alpha_1$ & <b>others</b>',
  abstract: 'Where $x_1 < y$ holds.\nA second paragraph.',
  categories: ['cs.LG', 'math.AG'],
  authors: [{ family: 'Schrödinger', given: 'Erna', suffix: '', affiliation: '' }],
  versions: [
    { number: 1, at: V1 },
    { number: 2, at: V2 },
  ],
  organization: lab,
};
/** 60 of one author, day, category and organization: more than a page. */
const many = Array.from({ length: 60 }, (_, at) => makeDraft(at + 1, { ...quokka, title: `Quokkas, part ${at + 1}` }));
const first = makeDraft(99, { ...quokka, publishedOn: '2026-01-06' });
const drafts = [
  ...many,
  first,
  makeDraft(200, { title: 'Numbats alone', publishedOn: '2024-03-01', announcedOn: '2024-03-04' }),
];

/** A list of each kind, each with the paper `first` on its first page. */
const lists = [
  '/',
  '/papers/date/2026-01-06',
  '/papers/week/2026-W02',
  '/papers/month/2026-01',
  '/authors/erna-schrodinger',
  '/categories/math.AG',
  '/categories/math',
  '/organizations/quokka-lab',
  '/search?q=quokkas%20category%3Acs.LG',
];
const PAPER = 'https://papers.example/papers/2601.00099';
const TAG = 'tag:papers.example,2026:/papers/2601.00099';

const atomOf = async (site: TestSite, path: string) => parseAtomFeed((await site.get(path)).html);
const titles = async (site: TestSite, path: string) =>
  (await atomOf(site, path)).entries?.map(({ title }) => title?.value);
const search = (text: string) => `/search.atom?q=${encodeURIComponent(text)}`;

for (const dialect of dialects) {
  describe(`feeds (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect, starter: false });
      await save(site.db, ...drafts);
      await indexDue(site.db);
    });
    after(async () => await site[Symbol.asyncDispose]());

    for (const list of lists) {
      test(`${list} can be followed in every format`, async () => {
        const [atomPath = '', rssPath = '', jsonPath = ''] = feedFormats.map((format) => feedPath(list, format));
        const page = `https://papers.example${list}`;

        const { entries = [], ...atom } = await atomOf(site, atomPath);
        assert.ok(entries.length > 0 && entries.length <= 50);
        assert.deepEqual(atom.links?.find(({ rel }) => rel === 'self')?.href, `https://papers.example${atomPath}`);
        assert.deepEqual(atom.links?.find(({ rel, type }) => rel === 'alternate' && type === 'text/html')?.href, page);
        const entry = entries.find(({ id }) => id === TAG);
        assert.equal(entry?.title?.value, 'Quokkas of α₁ & <b>others</b>');
        assert.equal(entry?.links?.[0]?.href, PAPER);
        assert.deepEqual(
          [entry?.published, entry?.updated].map((text) => Date.parse(String(text))),
          [V1, V2],
        );
        assert.deepEqual(
          entry?.authors?.map(({ name }) => name),
          ['Erna Schrödinger'],
        );
        assert.deepEqual(
          entry?.categories?.map(({ term }) => term),
          ['cs.LG', 'math.AG'],
        );
        assert.match(entry?.content?.value ?? '', /<p>Where x₁ &lt; y holds\.<\/p>\n<p>A second paragraph\.<\/p>/);

        const rss = parseRssFeed((await site.get(rssPath)).html);
        assert.equal(rss.link, page);
        const item = rss.items?.find(({ guid }) => guid?.value === TAG);
        assert.deepEqual([item?.title, item?.link, item?.guid?.isPermaLink], [entry?.title?.value, PAPER, false]);
        assert.equal(Date.parse(String(item?.pubDate)), V1);
        assert.equal(item?.description, entry?.content?.value);

        const json = parseJsonFeed((await site.get(jsonPath)).html);
        assert.equal(json.feed_url, `https://papers.example${jsonPath}`);
        const one = json.items?.find(({ id }) => id === TAG);
        assert.deepEqual(
          [one?.title, one?.url, one?.content_html],
          [entry?.title?.value, PAPER, entry?.content?.value],
        );
        assert.equal(one?.content_text, 'Where x₁ < y holds.\n\nA second paragraph.');
        assert.equal(Date.parse(String(one?.date_modified)), V2);

        for (const path of [atomPath, rssPath]) {
          site.queries.length = 0;
          const { html } = await site.get(path);
          assert.ok(site.queries.length <= 5, `${site.queries.length} queries`);
          assert.equal(XMLValidator.validate(html), true);
          const read = await new Parser().parseString(html);
          assert.equal(read.title, atom.title?.value);
          assert.ok(
            read.items.some(({ title, link }) => title === entry?.title?.value && link === PAPER),
            path,
          );
        }
      });
    }

    test('the pages of a feed are linked, and hold each paper once', async () => {
      for (const list of lists.filter((path) => path !== '/')) {
        const ids: (string | undefined)[] = [];
        const start = `https://papers.example${feedPath(list, { extension: '.atom' })}`;
        let next: string | undefined = start;
        while (next !== undefined) {
          const { pathname, search: query } = new URL(next);
          const { links = [], entries = [], id } = await atomOf(site, pathname + query);
          assert.equal(id, `tag:papers.example,2026:${list}`);
          assert.equal(links.find(({ rel }) => rel === 'self')?.href, next);
          assert.equal(links.find(({ rel }) => rel === 'first')?.href, next === start ? undefined : start);
          ids.push(...entries.map((entry) => entry.id));
          next = links.find(({ rel }) => rel === 'next')?.href;
        }
        assert.deepEqual([ids.length, new Set(ids).size], [61, 61], list);
      }
    });

    test('a reader that has a feed already is told so, and may keep it for minutes', async () => {
      const { headers, status, html } = await site.get('/papers.rss', {});
      assert.deepEqual([status, headers.get('content-type')], [200, 'application/rss+xml; charset=utf-8']);
      assert.match(headers.get('cache-control') ?? '', /max-age=900/);
      const again = await site.get('/papers.rss', { 'If-None-Match': headers.get('etag') ?? '' });
      assert.deepEqual([again.status, again.html], [304, '']);
      const head = await site.get('/papers.rss', {}, 'HEAD');
      assert.deepEqual([head.status, head.html], [200, '']);
      assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(html)));
      assert.equal((await site.get('/papers.rss', {}, 'DELETE')).status, 405);
    });

    test('each format has its type, which browsers that open one do not hear', async () => {
      const typeOf = async (path: string, accept: string) =>
        (await site.get(path, { Accept: accept })).headers.get('content-type');
      assert.equal(await typeOf('/papers.atom', '*/*'), 'application/atom+xml; charset=utf-8');
      assert.equal(await typeOf('/papers.feed.json', '*/*'), 'application/feed+json; charset=utf-8');
      assert.equal(
        await typeOf('/papers.atom', 'text/html,application/xml;q=0.9,*/*;q=0.8'),
        'application/xml; charset=utf-8',
      );
    });

    test('other spellings of an address lead to the same format', async () => {
      for (const [from, to] of [
        ['/categories/CS.lg.atom', '/categories/cs.LG.atom'],
        ['/authors/Erna-Schrodinger.rss', '/authors/erna-schrodinger.rss'],
        ['/papers/week/2026-w02.feed.json', '/papers/week/2026-W02.feed.json'],
        ['/papers/date/today.atom', '/papers/date/2026-01-08.atom'],
        ['/search.rss?q=math.AG', '/categories/math.AG.rss'],
        ['/papers.rss/', '/papers.rss'],
      ] as const) {
        const { status, headers } = await site.get(from);
        assert.ok(status === 301 || status === 302, from);
        assert.equal(headers.get('location'), to);
      }
    });

    test('what is not there is said in a form that the reader takes', async () => {
      const browser = await site.get('/categories/no.SUCH.rss');
      assert.deepEqual([browser.status, browser.headers.get('content-type')], [404, 'text/html; charset=UTF-8']);
      const reader = await site.get('/authors/nobody.rss', { Accept: 'application/rss+xml, */*' });
      assert.deepEqual([reader.status, reader.headers.get('content-type')], [404, 'text/plain; charset=UTF-8']);
      assert.match(reader.html, /^No paper here has an author “nobody”\.\n/);
      const json = await site.get('/organizations/none.feed.json', { Accept: '*/*' });
      assert.equal(json.status, 404);
      assert.match((JSON.parse(json.html) as { error: string }).error, /none/);
      for (const path of [
        '/papers/date/2026-02-30.rss',
        '/papers.atom?after=nonsense',
        '/search.rss',
        '/search.rss?q=%22',
      ])
        assert.equal((await site.get(path, {})).status, 400, path);
      assert.equal((await site.get(search('a'.repeat(251)))).status, 400);
    });

    test('a list that is empty for now is a feed without entries', async () => {
      for (const format of feedFormats) {
        const { status, html } = await site.get(feedPath('/papers/date/2023-05-05', format));
        assert.equal(status, 200);
        const entries = {
          atom: () => parseAtomFeed(html).entries,
          rss: () => parseRssFeed(html).items,
          json: () => parseJsonFeed(html).items,
        };
        assert.deepEqual(entries[format.format]() ?? [], []);
      }
    });

    test('a search is followed newest first, whatever order its page has', async () => {
      for (const order of ['', ' sort:relevance', ' sort:trending']) {
        const found = await titles(site, search(`quokkas${order}`));
        assert.equal(found?.[0], 'Quokkas of α₁ & <b>others</b>', order);
        assert.equal(found?.length, 50);
      }
    });

    test('a search is followed by what matches it, never by what is merely near', async () => {
      assert.deepEqual(await titles(site, search('numbats alone')), ['Numbats alone']);
      assert.deepEqual(await titles(site, search('numbats year:2024')), ['Numbats alone']);
      assert.deepEqual((await titles(site, search('numbats quokkas'))) ?? [], []);
      assert.deepEqual((await titles(site, search('unheardof'))) ?? [], []);
      assert.deepEqual(await titles(site, search('2601.00200')), ['Numbats alone']);
    });

    test('what a search cannot read is said, and does not make it a search for everything', async () => {
      const { subtitle, entries } = await atomOf(site, search('numbats after:yesterday'));
      assert.match(subtitle?.value ?? '', /after:yesterday is not a date.*What is looked for is “numbats”\.$/);
      assert.equal(entries?.length, 1);
      const { subtitle: named } = await atomOf(site, search('numbats category:alone'));
      assert.match(named?.value ?? '', /What is looked for is “numbats alone”\.$/);
      for (const [nothing, problem] of [
        ['after:yesterday', /after:yesterday is not a date/],
        ['sort:new', /nothing is asked for but an order/i],
      ] as const) {
        const { status, html } = await site.get(search(nothing), {});
        assert.equal(status, 400);
        assert.match(html, problem);
      }
    });
  });
}

test('ids and dates of a feed stay as long as its papers do not change', async () => {
  await using site = await openSite({ starter: false });
  await save(site.db, first);
  const before = await site.get('/papers.atom', {});
  site.clock.advance(3 * 86_400_000);
  const later = await site.get('/papers.atom', { 'If-None-Match': before.headers.get('etag') ?? '' });
  assert.equal(later.status, 304);
  await save(site.db, {
    ...first,
    title: 'Another title',
    versions: [...(first.versions ?? []), { number: 3, at: V2 + 1000 }],
    updatedOn: '2026-01-07',
  });
  const { entries, updated } = await atomOf(site, '/papers.atom');
  assert.deepEqual(
    entries?.map((entry) => [entry.id, entry.title?.value, Date.parse(String(entry.updated))]),
    [[TAG, 'Another title', V2 + 1000]],
  );
  assert.ok(Date.parse(String(updated)) >= dayToEpoch('2026-01-06'));
});

test('the feeds of the starter edition and of a site without papers are read', async () => {
  await using site = await openSite();
  await using empty = await openSite({ starter: false });
  assert.equal((await atomOf(site, '/papers.atom')).entries?.length, 50);
  assert.deepEqual((await atomOf(empty, '/papers.atom')).entries ?? [], []);
  assert.equal(parseJsonFeed((await empty.get('/papers.feed.json')).html).title, 'Daily Papers');
});

test('what is wrong with an address is told to programs as text or JSON, to browsers as a page', async () => {
  await using site = await openSite({ starter: false });
  for (const path of [
    '/papers/trending.atom?sort=bogus',
    '/papers/trending.rss?period=bogus',
    '/papers/date/2026-02-30.atom',
  ]) {
    const told = await site.get(path, {});
    assert.match(told.headers.get('content-type') ?? '', /^text\/plain/, path);
    assert.ok(told.status === 400 || told.status === 404, path);
    assert.match((await site.get(path)).html, /^<!doctype html>/i, path);
  }
  const { headers, html } = await site.get('/papers/trending.feed.json?sort=bogus', {});
  assert.match(headers.get('content-type') ?? '', /^application\/json/);
  assert.match(String((JSON.parse(html) as { error: string }).error), /bogus/);
});

test('a feed names no instant of its last change, which an order that changes does not have', async () => {
  await using site = await openSite();
  const { headers } = await site.get('/papers/trending.atom', {});
  assert.equal(headers.get('last-modified'), null);
  assert.ok(headers.get('etag'));
});
