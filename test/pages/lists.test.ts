import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { dialects } from '../database.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const cards = (html: string) => [...html.matchAll(/<article/g)].length;

for (const dialect of dialects) {
  describe(`lists and search as pages (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect });
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('an author, a category, an archive and an organisation have their papers', async () => {
      for (const [path, title] of [
        ['/authors/yixiao-huang', 'Yixiao Huang'],
        ['/categories/cs.LG', 'Machine Learning'],
        ['/categories/cs', 'Computer Science'],
        ['/organizations/deepmind', 'Deepmind'],
      ] as const) {
        site.queries.length = 0;
        const page = await site.get(path);
        assert.equal(page.status, 200, path);
        assert.ok(page.text.includes(title), title);
        assert.ok(cards(page.html) > 0, path);
        assert.ok(site.queries.length <= 5, `${path}: ${site.queries.length} queries`);
      }
    });

    test('lists say how long they are and in which order', async () => {
      const category = await site.get('/categories/stat.ML');
      assert.match(category.text, new RegExp(`\\b${cards(category.html)} papers, newest first`));
      assert.match((await site.get('/organizations/deepmind')).text, /\d papers?, newest first/);
      assert.match((await site.get('/authors/yixiao-huang')).text, /1 paper, newest first/);
      assert.match((await site.get('/search?q=generalization')).html, /aria-current="true"[^>]*>Best match/);
    });

    test('a card in the list of a category names that category, however many it has', async () => {
      for (const category of ['stat.ML', 'cs.RO', 'math']) {
        const { html } = await site.get(`/categories/${category}`);
        for (const card of html.split('<article').slice(1)) {
          assert.match(card, new RegExp(`href="/categories/${category}(\\.[A-Z]+)?"`), category);
        }
      }
    });

    test('all categories and organizations can be found, with their numbers, in one query each', async () => {
      site.queries.length = 0;
      const categories = await site.get('/categories');
      assert.equal(site.queries.length, 1);
      const { text } = await site.get('/categories/cs.LG');
      const [, count] = /(\d+) papers, newest first/.exec(text) ?? [];
      assert.match(categories.text, new RegExp(`Computer Science \\d+ papers.* Machine Learning cs\\.LG ${count} `));
      assert.match(categories.html, /<nav aria-label="Site">.*href="\/categories"/s);
      const organizations = await site.get('/organizations');
      assert.match(organizations.html, /href="\/organizations\/deepmind"/);
    });

    test('unknown ones are 404 with an example of a good address', async () => {
      assert.match((await site.get('/authors/nobody')).text, /\/authors\/yixiao-huang/);
      assert.match((await site.get('/categories/cs.XX')).text, /\/categories\/cs\.LG/);
      for (const path of ['/authors/nobody', '/categories/cs.XX', '/organizations/nobody', '/nothing/here']) {
        assert.equal((await site.get(path)).status, 404, path);
      }
    });

    test('other spellings of an address lead to the one that counts', async () => {
      for (const [asked, path] of [
        ['/categories/CS.lg', '/categories/cs.LG'],
        ['/authors/Yixiao-Huang', '/authors/yixiao-huang'],
        ['/papers/week/2026-w02', '/papers/week/2026-W02'],
        ['/papers/date/2026-01-06/', '/papers/date/2026-01-06'],
        ['//evil.example/', '/evil.example'],
      ] as const) {
        const page = await site.get(asked);
        assert.equal(page.status, 301, asked);
        assert.equal(page.headers.get('location'), path);
      }
    });

    test('an organisation’s address is lower case', async () => {
      const page = await site.get('/organizations/Berkeley');
      assert.equal(page.status, 301);
      assert.equal(page.headers.get('location'), '/organizations/berkeley');
      assert.equal((await site.get('/organizations/berkeley')).status, 200);
    });

    test('a search finds papers, keeps its words in the box, and says when nothing matches', async () => {
      const found = await site.get('/search?q=benign+overfitting');
      assert.match(found.html, /id="p-2310\.02541"/);
      assert.match(found.html, /name="q"[^>]*value="benign overfitting"/);
      const none = await site.get('/search?q=xylophonology');
      assert.equal(none.status, 200);
      assert.match(none.text, /Nothing found/);
    });

    test('searching for an id goes straight to the paper', async () => {
      for (const q of ['2310.02541', 'https://arxiv.org/abs/2310.02541v3', 'arXiv:2310.02541']) {
        assert.equal(
          (await site.get(`/search?q=${encodeURIComponent(q)}`)).headers.get('location'),
          '/papers/2310.02541',
          q,
        );
      }
    });

    test('searching for the code of a category goes to its page, if it has papers', async () => {
      for (const q of ['cs.LG', 'CS.lg', ' cs.lg '])
        assert.equal(
          (await site.get(`/search?q=${encodeURIComponent(q)}`)).headers.get('location'),
          '/categories/cs.LG',
        );
      for (const q of ['cs', 'cs.LG models', 'math.KT', 'cs.XX'])
        assert.equal((await site.get(`/search?q=${encodeURIComponent(q)}`)).status, 200, q);
    });

    test('a search that is too long says how long it may be', async () => {
      const page = await site.get(`/search?q=${'a'.repeat(251)}`);
      assert.equal(page.status, 400);
      assert.match(page.text, /251 characters; 250 is the most/);
    });

    test('what was searched for is shown inert', async () => {
      const page = await site.get(`/search?q=${encodeURIComponent('<img src=x onerror=alert(1)>"')}`);
      assert.doesNotMatch(page.html, /<img/);
    });
  });
}

describe('every answer', () => {
  test('has an ETag and answers 304 to it, forbids scripts that are not ours, and errors as the client asks', async () => {
    await using site = await openSite();
    const page = await site.get('/');
    const etag = page.headers.get('etag') ?? '';
    assert.equal((await site.get('/', { 'If-None-Match': etag })).status, 304);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; script-src 'self'/);
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    const json = await site.get('/papers/nope', { Accept: 'application/json' });
    assert.equal(json.status, 404);
    assert.match((JSON.parse(json.html) as { error: string }).error, /nope/);
    const plain = await site.get('/papers/nope', { Accept: 'text/plain' });
    assert.match(plain.headers.get('content-type') ?? '', /text\/plain/);
  });

  test('style sheet and script are there, for ever under their address', async () => {
    await using site = await openSite();
    const { html } = await site.get('/about');
    for (const pattern of [/href="(\/assets\/[^"]+\.css)"/, /src="(\/assets\/[^"]+\.js)"/]) {
      const file = await site.get(pattern.exec(html)?.[1] ?? 'missing');
      assert.equal(file.status, 200);
      assert.match(file.headers.get('cache-control') ?? '', /immutable/);
      // What a reader's first page may cost beside its text.
      assert.ok(gzipSync(file.html).length < (pattern.source.includes('css') ? 9_000 : 10_000));
    }
    assert.equal((await site.get('/assets/old.css')).status, 404);
    assert.equal((await site.get('/robots.txt')).status, 200);
    assert.equal((await site.get('/favicon.svg')).status, 200);
  });

  test('a failure inside shows a number, never the message', async () => {
    const site = await openSite();
    await site.db.destroy();
    const page = await site.get('/');
    assert.equal(page.status, 500);
    assert.match(page.text, /number [0-9a-f]{8}/);
    assert.doesNotMatch(page.text, /SQLite|driver|destroy/i);
  });
});
