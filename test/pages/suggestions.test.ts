import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

describe('GET /search/suggest', () => {
  let site: TestSite;
  before(async () => void (site = await openSite()));
  after(async () => await site[Symbol.asyncDispose]());

  const get = async (query: string, headers?: Record<string, string>) =>
    await site.get(`/search/suggest${query}`, headers);

  test('gives papers and authors as JSON that may be kept for a moment', async () => {
    const { status, headers, html } = await get('?q=benign%20overf');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.match(headers.get('cache-control') ?? '', /^max-age=\d+$/);
    const { papers } = JSON.parse(html) as { papers: { id: string; title: string }[] };
    assert.match(papers[0]?.title ?? '', /^Benign Overfitting and Grokking/);
    const page = await site.get(`/papers/${papers[0]?.id}`);
    assert.equal(page.status, 200);
    const again = await get('?q=benign%20overf', { 'If-None-Match': headers.get('etag') ?? '' });
    assert.equal(again.status, 304);
  });

  test('the author that is offered has a page with as many papers', async () => {
    const [row] = await site.db.selectFrom('paper_authors').select('slug').limit(1).execute();
    const name = (row?.slug ?? '').replaceAll('-', ' ');
    const { authors } = JSON.parse((await get(`?q=${encodeURIComponent(name)}`)).html) as {
      authors: { slug: string; name: string; papers: number }[];
    };
    assert.equal(authors[0]?.slug, row?.slug);
    const page = await site.get(`/authors/${authors[0]?.slug}`);
    assert.match(page.text, new RegExp(`${authors[0]?.papers} papers?\\b`));
  });

  test('nothing typed is answered by empty lists', async () => {
    for (const query of ['', '?q=', '?q=%20%20', '?q=%E2%80%A6', '?other=1']) {
      const { status, html } = await get(query);
      assert.equal(status, 200, query);
      assert.deepEqual(JSON.parse(html), { papers: [], authors: [] });
    }
  });

  test('too much is refused in words, as JSON', async () => {
    assert.equal((await get(`?q=${'x'.repeat(250)}`)).status, 200);
    const { status, html } = await get(`?q=${'x'.repeat(251)}`);
    assert.equal(status, 400);
    assert.match((JSON.parse(html) as { error: string }).error, /251 characters; 250 is the most/);
  });

  test('what no title can hold offers nothing and breaks nothing', async () => {
    for (const text of ['%', '"', "' or 1=1 --", '\\', '(((((', '\u202E', '😀', '%ff', '*', '\t', 'a'.repeat(200)]) {
      const { status } = await get(`?q=${encodeURIComponent(text)}`);
      assert.equal(status, 200, text);
    }
    assert.equal((await get('?q=%ff%fe')).status, 200);
    assert.equal((await get('?q=%00')).status, 400);
  });
});
