import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { listen } from './listen.ts';
import { cachePages } from './page-cache.ts';

interface Received {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function ask(port: number, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest({ host: '127.0.0.1', port, path: '/page', agent: false, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    asking.on('error', reject).end();
  });
}

function withoutDate({ status, headers: { date: _date, ...headers }, body }: Received) {
  return { status, headers, body: body.toString('latin1') };
}

async function started() {
  const shortcuts: boolean[] = [];
  const pages = cachePages(
    () => new Response('A page of words. '.repeat(100), { headers: { 'Content-Type': 'text/html', 'X-Thing': 'one' } }),
    manualClock(0),
  );
  const server = await listen((request) => pages(request), {
    host: '127.0.0.1',
    port: 0,
    ready: (asked) => {
      const answer = pages.ready(asked);
      shortcuts.push(answer !== undefined);
      return answer;
    },
  });
  return { server, shortcuts };
}

test('a page at hand is sent exactly as one that is made', async () => {
  const { server, shortcuts } = await started();
  try {
    for (const encoding of ['br', 'gzip', 'identity']) {
      const headers = { 'Accept-Encoding': encoding };
      const made = await ask(server.port, { headers });
      const etag = made.headers.etag ?? 'no tag';
      assert.equal(made.headers['content-encoding'], encoding === 'identity' ? undefined : encoding);
      assert.deepEqual(withoutDate(await ask(server.port, { headers })), withoutDate(made));
      assert.equal(shortcuts.at(-1), true, 'the second one was at hand');
      const known = await ask(server.port, { headers: { ...headers, 'If-None-Match': etag } });
      assert.deepEqual([known.status, known.body.length, known.headers.etag], [304, 0, etag]);
      assert.equal(known.headers['x-thing'], undefined, 'whoever has the page has this');
      const head = await ask(server.port, { method: 'HEAD', headers });
      assert.deepEqual(withoutDate({ ...head, body: made.body }), withoutDate(made));
      assert.equal(head.body.length, 0);
    }
  } finally {
    await server.close();
  }
});

test('what belongs to one person, and what is written, goes to the handler', async () => {
  const { server, shortcuts } = await started();
  try {
    await ask(server.port);
    await ask(server.port, { headers: { Cookie: 'session=1' } });
    await ask(server.port, { headers: { Authorization: 'Bearer x' } });
    await ask(server.port, { method: 'POST' });
    assert.deepEqual(shortcuts, [false, false, false, false]);
  } finally {
    await server.close();
  }
});

test('a port in use is told in one line', async () => {
  const { server } = await started();
  try {
    await assert.rejects(
      listen(() => new Response('two'), { host: '127.0.0.1', port: server.port }),
      /Port \d+ is in use/,
    );
  } finally {
    await server.close();
  }
});

test('the handler is told who is at the other end of the connection', async () => {
  const peers: string[] = [];
  const server = await listen((_request, peer) => new Response(String(peers.push(peer))), {
    host: '127.0.0.1',
    port: 0,
  });
  await ask(server.port, { method: 'POST', headers: { 'X-Forwarded-For': '198.51.100.1' } });
  await server.close();
  assert.deepEqual(peers, ['127.0.0.1']);
});
