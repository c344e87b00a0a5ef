import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

let site: TestSite;
before(async () => {
  site = await openSite();
});
after(async () => await site[Symbol.asyncDispose]());

const HTML = { Accept: 'text/html' };
const PAGES = ['/', '/about', '/search?q=x', '/papers/2310.02541', '/papers/2310.02541.bib', '/robots.txt'];

test('a page says 405 and which methods it has', async () => {
  for (const path of PAGES) {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const page = await site.get(path, HTML, method);
      assert.equal(page.status, 405, `${method} ${path}`);
      assert.equal(page.headers.get('allow'), 'GET, HEAD');
      assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
      assert.ok(page.text.includes(`does not answer to ${method}`));
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    }
  }
});

test('programs are told in JSON', async () => {
  const page = await site.get('/about', { Accept: 'application/json' }, 'POST');
  assert.equal(page.status, 405);
  assert.match(page.headers.get('content-type') ?? '', /^application\/json/);
  assert.match((JSON.parse(page.html) as { hint: string }).hint, /GET, HEAD/);
});

test('OPTIONS is told the methods without a body', async () => {
  for (const path of PAGES) {
    const page = await site.get(path, {}, 'OPTIONS');
    assert.equal(page.status, 204, path);
    assert.equal(page.headers.get('allow'), 'GET, HEAD');
    assert.equal(page.headers.get('content-type'), null);
    assert.equal(page.html, '');
  }
});

test('an address without a page is 404 in every method', async () => {
  for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE']) {
    const page = await site.get('/no/such/page', HTML, method);
    assert.equal(page.status, 404, method);
    assert.equal(page.headers.get('allow'), null);
  }
});

test('HEAD has the status and headers of GET', async () => {
  const [head, get] = [await site.get('/about', HTML, 'HEAD'), await site.get('/about', HTML)];
  assert.equal(head.status, 200);
  assert.deepEqual([...head.headers], [...get.headers]);
  assert.equal(head.html, '');
});

test('a slash too many is taken away, and what was sent is sent again without it', async () => {
  const asked = await site.get('/about/', HTML);
  assert.deepEqual([asked.status, asked.headers.get('location')], [301, '/about']);
  const sent = await site.get('/papers/2310.02541/upvote/', HTML, 'POST');
  assert.deepEqual([sent.status, sent.headers.get('location')], [308, '/papers/2310.02541/upvote']);
});
