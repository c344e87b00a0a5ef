import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as turn } from 'node:timers/promises';
import { Hono } from 'hono';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { manualClock } from '#platform/clock.ts';
import { raw } from '#platform/jsx/html.ts';
import { acceptedEncodings, acceptedType, matches } from './negotiation.ts';
import { cachePages } from './page-cache.ts';
import { htmlPage } from './page-text.ts';

const page = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://localhost${path}`, { headers });

function counted() {
  let calls = 0;
  const clock = manualClock(0);
  const serve = cachePages((request) => {
    calls += 1;
    return new Response(`page ${calls} of ${new URL(request.url).pathname} `.repeat(50), {
      headers: { 'Content-Type': 'text/html' },
    });
  }, clock);
  return { clock, serve, calls: () => calls };
}

test('one rendering serves everybody for a second, and no longer', async () => {
  const { clock, serve, calls } = counted();
  const bodies = await Promise.all([serve(page('/')), serve(page('/')), serve(page('/'))]);
  assert.equal(calls(), 1);
  assert.equal(new Set(await Promise.all(bodies.map((body) => body.text()))).size, 1);
  clock.advance(900);
  await serve(page('/'));
  assert.equal(calls(), 1, 'a page of this second is still good');
  clock.advance(100);
  assert.match(await (await serve(page('/'))).text(), /^page 2/);
});

test('a known ETag gets 304 without a body, a changed page gets the page', async () => {
  const { clock, serve } = counted();
  const etag = (await serve(page('/'))).headers.get('etag') ?? '';
  for (const known of [etag, `"other", ${etag}`, etag.replace('W/', '')]) {
    const same = await serve(page('/', { 'If-None-Match': known }));
    assert.equal(same.status, 304, known);
    assert.equal(same.headers.get('etag'), etag);
    assert.equal(await same.text(), '');
  }
  clock.advance(2000);
  assert.equal((await serve(page('/', { 'If-None-Match': etag }))).status, 200);
});

test('pages come compressed as the client accepts', async () => {
  const { serve } = counted();
  const plain = await (await serve(page('/'))).text();
  const br = await serve(page('/', { 'Accept-Encoding': 'gzip, deflate, br' }));
  assert.equal(br.headers.get('content-encoding'), 'br');
  assert.equal(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString(), plain);
  const gz = await serve(page('/', { 'Accept-Encoding': 'gzip, br;q=0' }));
  assert.equal(gunzipSync(Buffer.from(await gz.arrayBuffer())).toString(), plain);
});

test('the tag that the plain and the compressed forms share is weak', async () => {
  const { serve } = counted();
  const tags = await Promise.all(
    ['identity', 'gzip', 'br'].map(async (encoding) => {
      return (await serve(page('/', { 'Accept-Encoding': encoding }))).headers.get('etag');
    }),
  );
  assert.equal(new Set(tags).size, 1);
  assert.match(tags[0] ?? '', /^W\/"[\w-]+"$/);
});

test('pages of one person and writes are never kept', async () => {
  const { serve, calls } = counted();
  await serve(page('/', { Cookie: 'a=b' }));
  await serve(page('/', { Cookie: 'a=b' }));
  await serve(page('/', { Authorization: 'Bearer x' }));
  await serve(new Request('http://localhost/', { method: 'POST' }));
  assert.equal(calls(), 4);
});

test('a page that throws is not kept, and the next reader tries again', async () => {
  let calls = 0;
  const serve = cachePages(() => {
    calls += 1;
    if (calls === 1) throw new Error('once');
    return new Response('fine');
  }, manualClock(0));
  await assert.rejects(async () => await serve(page('/')), /once/);
  assert.equal(await (await serve(page('/'))).text(), 'fine');
});

test('HEAD has the headers of GET and no body', async () => {
  const { serve } = counted();
  const head = await serve(new Request('http://localhost/', { method: 'HEAD' }));
  assert.ok(Number(head.headers.get('content-length')) > 100);
  assert.equal(await head.text(), '');
});

test('entity tags and encodings are read as RFC 9110 says', () => {
  assert.equal(matches('*', '"a"'), true);
  for (const ours of ['"a"', 'W/"a"'])
    for (const theirs of ['"a"', 'W/"a"', '"b", "a"', 'W/"b",W/"a"']) assert.equal(matches(theirs, ours), true, theirs);
  assert.equal(matches('"b"', '"a"'), false);
  assert.deepEqual(acceptedEncodings('gzip, deflate, br, zstd'), { quick: 'zstd', dense: 'br' });
  assert.deepEqual(acceptedEncodings('br;q=0, gzip;q=0.5, zstd;q=0.0'), { quick: 'gzip', dense: 'gzip' });
  assert.deepEqual(acceptedEncodings('zstd'), { quick: 'zstd', dense: 'zstd' });
  for (const none of [null, '', 'deflate, *;q=0.1'])
    assert.deepEqual(acceptedEncodings(none), { quick: 'identity', dense: 'identity' });
});

test('each kind of client gets its own kind of answer', async () => {
  const serve = cachePages((request) => new Response(request.headers.get('accept')), manualClock(0));
  for (const accept of ['text/html', 'application/json', 'text/plain', '*/*', 'text/html']) {
    const body = await (await serve(page('/nope', { Accept: accept }))).text();
    assert.equal(acceptedType(body), acceptedType(accept));
  }
});

test('what is for one person is made for each, though nothing in the question says who asks', async () => {
  let calls = 0;
  const serve = cachePages(
    () => new Response(`answer ${(calls += 1)}`, { headers: { 'Set-Cookie': `a=${calls}` } }),
    manualClock(0),
    (url) => url.startsWith('/sign-in/'),
  );
  const answers = await Promise.all([serve(page('/sign-in/link?token=a')), serve(page('/sign-in/link?token=a'))]);
  assert.deepEqual(await Promise.all(answers.map((answer) => answer.text())), ['answer 1', 'answer 2']);
  assert.equal(serve.ready({ method: 'GET', url: '/sign-in/link?token=a', headers: {} }), undefined);
});

test('a page with a question is compressed quickly first, and well when it is asked for again', async () => {
  const { serve } = counted();
  const answer = async (encoding: string) => {
    const body = await (await serve(page('/search?q=x', { 'Accept-Encoding': encoding }))).arrayBuffer();
    return Buffer.from(body);
  };
  for (const [encoding, plain] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['zstd', zstdDecompressSync],
  ] as const) {
    const sent = [await answer(encoding), await answer(encoding)];
    await turn(100); // the dense form is made in another thread
    sent.push(await answer(encoding));
    assert.equal(new Set(sent.map((body) => plain(body).toString())).size, 1);
    assert.ok((sent[2]?.length ?? 0) <= (sent[0]?.length ?? 0));
  }
});

test('browsers get pages with a question as Zstandard first, and as Brotli when they are asked for again', async () => {
  const { serve, calls } = counted();
  const headers = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
  const plain = await (await serve(page('/search?q=x'))).text();
  const first = await serve(page('/search?q=x', headers));
  assert.equal(first.headers.get('content-encoding'), 'zstd');
  assert.equal(zstdDecompressSync(Buffer.from(await first.arrayBuffer())).toString(), plain);
  await serve(page('/search?q=x', headers));
  await turn(100); // the dense form is made in another thread
  const last = await serve(page('/search?q=x', headers));
  assert.equal(last.headers.get('content-encoding'), 'br');
  assert.equal(last.headers.get('etag'), first.headers.get('etag'));
  assert.equal(last.headers.get('vary'), 'Accept-Encoding, Accept');
  assert.equal(brotliDecompressSync(Buffer.from(await last.arrayBuffer())).toString(), plain);
  assert.equal(calls(), 1);
  assert.equal((await serve(page('/', headers))).headers.get('content-encoding'), 'br', 'what many ask for is dense');
});

test('pages that are made at the same time keep their texts apart', async () => {
  const app = new Hono();
  const textOf = (question = '') => `<p>${question} said at length.</p>`.repeat(200);
  app.get('/search', async (c) => {
    await turn(5);
    return htmlPage(c, raw(textOf(c.req.query('q'))));
  });
  const serve = cachePages((request) => app.fetch(request), manualClock(0));
  const ways: [string, (body: Buffer) => string][] = [
    ['zstd', (body) => zstdDecompressSync(body).toString()],
    ['br', (body) => brotliDecompressSync(body).toString()],
    ['gzip', (body) => gunzipSync(body).toString()],
    ['identity', (body) => body.toString()],
  ];
  const asked = Array.from({ length: 24 }, (_, at) => ({ q: `${at % 6}`, way: ways[Math.floor(at / 6)] }));
  await Promise.all(
    asked.map(async ({ q, way }) => {
      const [encoding, read] = way ?? ['identity', String];
      const answer = await serve(page(`/search?q=${q}`, { 'Accept-Encoding': encoding }));
      assert.equal(read(Buffer.from(await answer.arrayBuffer())), textOf(q), `${q} as ${encoding}`);
    }),
  );
});

test('each cookie that an answer sets is sent', async () => {
  const headers = new Headers({ 'Content-Type': 'text/html' });
  headers.append('Set-Cookie', 'a=1');
  headers.append('Set-Cookie', 'b=2');
  const serve = cachePages(() => new Response('two', { headers }), manualClock(0));
  assert.deepEqual((await serve(page('/'))).headers.getSetCookie(), ['a=1', 'b=2']);
});

test('a page that is made anew and has not changed keeps what was compressed', async () => {
  const clock = manualClock(0);
  let text = 'the same '.repeat(1000);
  const serve = cachePages(() => new Response(text), clock);
  const ask = async () => await serve(page('/', { 'Accept-Encoding': 'br' }));
  const first = await ask();
  clock.advance(2000);
  const again = await ask();
  assert.equal(again.headers.get('etag'), first.headers.get('etag'));
  text = 'another '.repeat(1000);
  clock.advance(2000);
  const changed = await ask();
  assert.notEqual(changed.headers.get('etag'), first.headers.get('etag'));
  assert.equal(brotliDecompressSync(Buffer.from(await changed.arrayBuffer())).toString(), text);
});
