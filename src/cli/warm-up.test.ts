import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { openSite } from '../../test/site.ts';
import type { TestSite } from '../../test/site.ts';
import { createHandler } from '../handler.ts';
import { warmUp } from './warm-up.ts';

const URL_OF_SITE = 'https://papers.example';

let site: TestSite;
before(async () => (site = await openSite()));
after(async () => await site[Symbol.asyncDispose]());

function watched() {
  const handler = createHandler(site.app, URL_OF_SITE);
  const answers: { q: string; status: number; html: string }[] = [];
  return {
    answers,
    handler: async (request: Request): Promise<Response> => {
      const response = await handler(request);
      const html = zstdDecompressSync(Buffer.from(await response.clone().arrayBuffer())).toString();
      answers.push({ q: new URL(request.url).searchParams.get('q') ?? '', status: response.status, html });
      return response;
    },
  };
}

test('the server asks itself for its newest papers in several ways, compressed as for a browser, and finds them', async () => {
  const { answers, handler } = watched();
  const asked = await warmUp(site.app, {
    handler,
    url: URL_OF_SITE,
    signal: new AbortController().signal,
    leastPapers: 1,
    papers: 8,
  });
  assert.equal(asked, answers.length);
  assert.equal(asked, 48);
  assert.deepEqual(
    answers.filter(({ status }) => status !== 200),
    [],
  );
  const found = answers.filter(({ html }) => html.includes('<article')).length;
  assert.ok(found > 0.9 * asked, `${found} of ${asked} found papers`);
  assert.ok(answers.some(({ q }) => q.startsWith('"')) && answers.some(({ q }) => / -\w/.test(q)), 'of all kinds');
});

test('it asks nothing where few papers are, and no more once the server is to stop', async () => {
  const { answers, handler } = watched();
  const options = { handler, url: URL_OF_SITE, signal: new AbortController().signal };
  assert.equal(await warmUp(site.app, options), 0);
  assert.equal(await warmUp(site.app, { ...options, leastPapers: 1, signal: AbortSignal.abort() }), 0);
  assert.deepEqual(answers, []);
});

test('nothing is sent to a model elsewhere, which may be paid by the question', async () => {
  const { answers, handler } = watched();
  const models = { ...site.app.models, wantsShipped: false };
  const signal = new AbortController().signal;
  assert.equal(await warmUp({ ...site.app, models }, { handler, url: URL_OF_SITE, signal, leastPapers: 1 }), 0);
  assert.deepEqual(answers, []);
});
