/** What goes wrong with a model server is tried again where it passes, and said at once where it does not. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedModel, failureOf, KEY, papers } from '../../../test/asked-model.ts';
import { modelFaults as faults, startModelServer } from '../../../test/model-server.ts';
import type { ModelServer } from '../../../test/model-server.ts';
import { endpointOf } from './spec.ts';

const { server, set } = askedModel();

describe('what passes is tried again', () => {
  test('429, after the time that the server asks for', async () => {
    const { embedder, waited } = set();
    server().faults.push(faults.status(429, 'slow down', { 'retry-after': '42' }));
    assert.equal((await embedder.encode(papers(1))).length, 1);
    assert.equal(waited(), 42);
  });

  for (const [name, fault] of Object.entries({
    '500': faults.status(500, 'CUDA error'),
    '503 with a date': faults.status(503, 'loading', { 'retry-after': 'Tue, 06 Jan 2026 12:00:01 GMT' }),
    'a reset': faults.reset,
    'half an answer': faults.cut,
  }))
    test(name, async () => {
      const { embedder, waited } = set();
      server().faults.push(fault);
      assert.equal((await embedder.encode(papers(1))).length, 1);
      assert.equal(server().requests.length, 2);
      assert.ok(waited() > 0 && waited() <= 1);
    });

  test('a stall', async () => {
    const { embedder } = set({}, { milliseconds: 50 });
    server().faults.push(faults.stall);
    assert.equal((await embedder.encode(papers(1))).length, 1);
  });

  test('but not for ever', async () => {
    const { embedder, waited } = set();
    server().rule = () => faults.status(500, 'CUDA error');
    const error = await failureOf(embedder.encode(papers(1)));
    assert.match(error.message, /made no vectors: it answered 500 \(“CUDA error”\), after 5 tries/);
    assert.equal(error.kind, 'upstream');
    assert.ok(waited() > 7 && waited() <= 15);
  });

  test('and not after a pause of hours, which is left to the next run', async () => {
    const { embedder, waited } = set();
    server().rule = () => faults.status(429, 'quota', { 'retry-after': '7200' });
    assert.match((await failureOf(embedder.encode(papers(1)))).message, /left alone for 120 minutes/);
    assert.equal(waited(), 0);
  });
});

describe('somebody waits for a question:', () => {
  test('it is asked once', async () => {
    const { embedder, waited } = set();
    server().rule = () => faults.status(500);
    await failureOf(embedder.encode(['half a thought']));
    assert.equal(server().requests.length, 1);
    assert.equal(waited(), 0);
  });

  test('only a connection that was lost is opened anew', async () => {
    const { embedder } = set();
    server().faults.push(faults.reset);
    assert.equal((await embedder.encode(['half a thought'])).length, 1);
  });
});

describe('what does not pass is said at once:', () => {
  const cases: [string, Parameters<ModelServer['faults']['push']>[0], RegExp][] = [
    [
      'a wrong key',
      faults.status(401, `Incorrect API key provided: ${KEY}`),
      /401: the key in EMBEDDINGS_KEY is not right/,
    ],
    ['an unknown model', faults.status(404, 'model "words" not found'), /model "words" not found.*EMBEDDINGS_MODEL/],
    ['a redirect', faults.status(307, '', { location: 'https://elsewhere' }), /a redirect; EMBEDDINGS_URL/],
    ['the page of a proxy', faults.page, /no JSON but text\/html; is EMBEDDINGS_URL its address/],
    ['another status', faults.status(402, `${KEY} has no credit`), /402 \(“\(secret\) has no credit”\)/],
    ['too few vectors', faults.changed(({ data }) => ({ data: data.slice(1) })), /made 2 vectors of 3 texts/],
    ['too many', faults.changed(({ data }) => ({ data: [...data, ...data] })), /made 6 vectors of 3 texts/],
    [
      'one twice',
      faults.changed(({ data }) => ({ data: data.map((one) => ({ ...one, index: 1 })) })),
      /1 of 3, or one twice/,
    ],
    ['another form', faults.changed(() => ({ embeddings: [[1, 2]] })), /not in OpenAI's form \(data: /],
    [
      'what is no number',
      faults.changed(({ data }) => ({ data: data.map((one) => ({ ...one, embedding: [0.5, null] })) })),
      /not in OpenAI's form \(data\.0\.embedding\.1: /,
    ],
    ['NaN', (response) => response.end('{"data":[{"index":0,"embedding":[NaN]}]}'), /no JSON/],
    [
      'an infinite number',
      (response) => response.end('{"data":[{"index":0,"embedding":[1e999]}]}'),
      /not in OpenAI's form/,
    ],
    [
      'several lengths',
      faults.changed(({ data }) => ({ data: data.map((one, at) => ({ ...one, embedding: [1, 2, 3].slice(at) })) })),
      /of several lengths: 1, 2, 3/,
    ],
  ];
  for (const [name, fault, message] of cases)
    test(name, async () => {
      const { embedder, lines } = set();
      server().faults.push(fault);
      const error = await failureOf(embedder.encode(papers(3)));
      assert.match(error.message, message);
      assert.ok(error.message.includes(server().url), 'the message says which server');
      assert.equal(server().requests.length, 1);
      assert.doesNotMatch(lines.join(''), /hunter2/);
    });

  test('a missing key', async () => {
    const { embedder } = set({}, { key: '' });
    server().faults.push(faults.status(401, 'no key'));
    assert.match(
      (await failureOf(embedder.encode(papers(1)))).message,
      /wants a key, which belongs into EMBEDDINGS_KEY/,
    );
  });

  test('nobody there', async () => {
    const gone = await startModelServer();
    await gone[Symbol.asyncDispose]();
    const { embedder } = set({ url: endpointOf(gone.url) });
    assert.match(
      (await failureOf(embedder.encode(papers(1)))).message,
      /connection failed \(ECONNREFUSED\), after 2 tries/,
    );
  });

  test('another length than asked for', async () => {
    const { embedder } = set({ dimensions: 16 });
    server().faults.push(faults.changed((answer) => answer, 32));
    assert.match(
      (await failureOf(embedder.encode(papers(1)))).message,
      /32 numbers came where EMBEDDINGS_DIMENSIONS asks for 16/,
    );
  });

  test('another length than before', async () => {
    const { embedder } = set();
    await embedder.encode(papers(1));
    server().faults.push(faults.changed((answer) => answer, 64));
    assert.match(
      (await failureOf(embedder.encode(papers(1)))).message,
      /64 numbers came after some of 32.*EMBEDDINGS_MODEL/,
    );
  });
});
