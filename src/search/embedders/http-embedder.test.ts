import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { modelFaults as faults, startModelServer } from '../../../test/model-server.ts';
import type { ModelServer } from '../../../test/model-server.ts';
import { createHttpEmbedder } from './http-embedder.ts';
import { endpointOf } from './spec.ts';
import type { RemoteModel } from './spec.ts';

const KEY = 'sk-hunter2';
const NOON = Date.parse('2026-01-06T12:00:00Z');

let server: ModelServer;
before(async () => {
  server = await startModelServer();
});
after(async () => await server[Symbol.asyncDispose]());
beforeEach(() => {
  server.requests.length = 0;
  server.faults.length = 0;
  server.rule = undefined;
});

function set(spec: Partial<RemoteModel> = {}, { key = KEY, milliseconds = 5_000 } = {}) {
  const lines: string[] = [];
  const clock = manualClock(NOON);
  const embedder = createHttpEmbedder({
    spec: {
      kind: 'remote',
      url: endpointOf(server.url),
      model: 'words',
      dimensions: undefined,
      paperPrefix: '',
      questionPrefix: '',
      ...spec,
    },
    key,
    fetch,
    clock,
    log: createLog({ level: 'debug', format: 'json' }, { write: (line) => void lines.push(line) }),
    milliseconds,
  });
  return { embedder, lines, waited: () => (clock.now() - NOON) / 1000 };
}

const paper = (title: string) => ({ title, abstract: '' });
const papers = (count: number) => Array.from({ length: count }, (_, number) => paper(`Paper ${number} of many`));
const product = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  (a ?? new Float32Array(0)).reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0);

/** Fails the test if it succeeds, or if the key comes up. */
async function failureOf(promise: Promise<unknown>): Promise<Error & { kind?: string }> {
  const error = await promise.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason as Error,
  );
  assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /hunter2/);
  return error;
}

test('vectors are of unit length, in the order of the texts, whatever the order of the answer', async () => {
  const { embedder } = set();
  const texts = papers(70);
  const vectors = await embedder.encode(texts);
  assert.equal(vectors.length, 70);
  for (const vector of vectors) assert.ok(Math.abs(product(vector, vector) - 1) < 1e-5);
  const [again] = await embedder.encode([texts[41] ?? '']);
  assert.ok(product(again, vectors[41]) > 0.9999);
  assert.ok(product(again, vectors[40]) < 0.9999);
});

test('requests hold 32 texts or 60 000 characters, carry model, key and dimensions', async () => {
  const { embedder } = set({ dimensions: 16 });
  assert.equal((await embedder.encode(papers(70)))[69]?.length, 16);
  assert.deepEqual(
    server.requests.map(({ input }) => input.length).toSorted((a, b) => b - a),
    [32, 32, 6],
  );
  for (const { url, authorization, model, dimensions } of server.requests)
    assert.deepEqual([url, authorization, model, dimensions], ['/v1/embeddings', `Bearer ${KEY}`, 'words', 16]);
  server.requests.length = 0;
  await embedder.encode(Array.from({ length: 16 }, () => paper('long '.repeat(2_000))));
  const sizes = server.requests.map(({ input }) => input.join('').length);
  assert.ok(Math.max(...sizes) <= 60_000, 'a text is cut at 8 000 characters');
  assert.equal(sizes.length, 3);
});

test('no more than four requests are under way at once', async () => {
  let open = 0;
  let most = 0;
  server.rule = () => (response, request) => {
    most = Math.max(most, (open += 1));
    setTimeout(() => {
      open -= 1;
      faults.changed((answer) => answer)(response, request);
    }, 10);
  };
  await set().embedder.encode(papers(320));
  assert.equal(most, 4);
});

test('without a key there is no header, and texts without words are not sent', async () => {
  const { embedder } = set({}, { key: '' });
  const [blank, full] = await embedder.encode([' ', 'attention']);
  assert.deepEqual(blank, new Float32Array(32));
  assert.equal(full?.length, 32);
  assert.deepEqual(
    server.requests.map(({ input, authorization }) => [input, authorization]),
    [[['attention'], undefined]],
  );
});

describe('what passes is tried again', () => {
  test('429, after the time that the server asks for', async () => {
    const { embedder, waited } = set();
    server.faults.push(faults.status(429, 'slow down', { 'retry-after': '42' }));
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
      server.faults.push(fault);
      assert.equal((await embedder.encode(papers(1))).length, 1);
      assert.equal(server.requests.length, 2);
      assert.ok(waited() > 0 && waited() <= 1);
    });

  test('a stall', async () => {
    const { embedder } = set({}, { milliseconds: 50 });
    server.faults.push(faults.stall);
    assert.equal((await embedder.encode(papers(1))).length, 1);
  });

  test('but not for ever', async () => {
    const { embedder, waited } = set();
    server.rule = () => faults.status(500, 'CUDA error');
    const error = await failureOf(embedder.encode(papers(1)));
    assert.match(error.message, /made no vectors: it answered 500 \(“CUDA error”\), after 5 tries/);
    assert.equal(error.kind, 'upstream');
    assert.ok(waited() > 7 && waited() <= 15);
  });

  test('and not after a pause of hours, which is left to the next run', async () => {
    const { embedder, waited } = set();
    server.rule = () => faults.status(429, 'quota', { 'retry-after': '7200' });
    assert.match((await failureOf(embedder.encode(papers(1)))).message, /left alone for 120 minutes/);
    assert.equal(waited(), 0);
  });
});

describe('somebody waits for a question:', () => {
  test('it is asked once', async () => {
    const { embedder, waited } = set();
    server.rule = () => faults.status(500);
    await failureOf(embedder.encode(['half a thought']));
    assert.equal(server.requests.length, 1);
    assert.equal(waited(), 0);
  });

  test('only a connection that was lost is opened anew', async () => {
    const { embedder } = set();
    server.faults.push(faults.reset);
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
      server.faults.push(fault);
      const error = await failureOf(embedder.encode(papers(3)));
      assert.match(error.message, message);
      assert.ok(error.message.includes(server.url), 'the message says which server');
      assert.equal(server.requests.length, 1);
      assert.doesNotMatch(lines.join(''), /hunter2/);
    });

  test('a missing key', async () => {
    const { embedder } = set({}, { key: '' });
    server.faults.push(faults.status(401, 'no key'));
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
    server.faults.push(faults.changed((answer) => answer, 32));
    assert.match(
      (await failureOf(embedder.encode(papers(1)))).message,
      /32 numbers came where EMBEDDINGS_DIMENSIONS asks for 16/,
    );
  });

  test('another length than before', async () => {
    const { embedder } = set();
    await embedder.encode(papers(1));
    server.faults.push(faults.changed((answer) => answer, 64));
    assert.match(
      (await failureOf(embedder.encode(papers(1)))).message,
      /64 numbers came after some of 32.*EMBEDDINGS_MODEL/,
    );
  });
});

test('stopping stops: nothing more is sent, and the reason comes back', async () => {
  const { embedder } = set();
  const stop = new AbortController();
  server.rule = () => () => stop.abort(new Error('shutting down'));
  await assert.rejects(embedder.encode(papers(320), stop.signal), /shutting down/);
  assert.ok(server.requests.length <= 4);
});

test('after a failure the other lanes stop too', async () => {
  const { embedder } = set();
  server.rule = () => faults.status(401);
  await failureOf(embedder.encode(papers(3200)));
  assert.ok(server.requests.length <= 8, String(server.requests.length));
});

describe('a server that takes less', () => {
  test('gets fewer texts at a time', async () => {
    const { embedder } = set();
    server.rule = ({ input }) => (input.length > 10 ? faults.status(422, 'batch size > maximum') : undefined);
    const whole = await embedder.encode(papers(40));
    server.rule = undefined;
    const expected = await embedder.encode(papers(40));
    assert.deepEqual(whole, expected);
  });

  test('gets shorter texts, and later ones are cut beforehand', async () => {
    const { embedder } = set();
    // As llama.cpp says it, with the status that it has for it.
    server.rule = ({ input }) =>
      input.some((text) => text.length > 1500) ? faults.status(500, 'input is too large to process') : undefined;
    const long = paper('word '.repeat(1_000));
    const [one, two] = await embedder.encode([long, paper('short')]);
    assert.ok(product(one, one) > 0.99 && product(two, two) > 0.99);
    server.requests.length = 0;
    await embedder.encode([long, long]);
    assert.equal(server.requests.length, 1);
    assert.ok((server.requests[0]?.input[0]?.length ?? 0) > 1000, 'no more is cut than needed');
  });

  test('may refuse one text for ever, which then has no meaning, and a line in the log', async () => {
    const { embedder, lines } = set();
    server.rule = ({ input }) => (input.some((text) => text.includes('poison')) ? faults.status(400, 'no') : undefined);
    const [good, bad] = await embedder.encode([paper('good'), paper('poison')]);
    assert.ok(product(good, good) > 0.99);
    assert.deepEqual(bad, new Float32Array(32));
    assert.match(lines.join(''), /no vector of one text/);
  });

  test('but one that refuses everything has failed', async () => {
    const { embedder } = set();
    server.rule = () => faults.status(400, 'this model does not support embeddings');
    assert.match(
      (await failureOf(embedder.encode(papers(3)))).message,
      /400 \(“this model does not support embeddings”\)/,
    );
  });
});
