/** Texts become vectors by a model server: in whatever order it answers, and however little it takes at once. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedModel, failureOf, KEY, paper, papers } from '../../../test/asked-model.ts';
import { modelFaults as faults } from '../../../test/model-server.ts';

const { server, set } = askedModel();
const product = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  (a ?? new Float32Array(0)).reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0);

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
    server()
      .requests.map(({ input }) => input.length)
      .toSorted((a, b) => b - a),
    [32, 32, 6],
  );
  for (const { url, authorization, model, dimensions } of server().requests)
    assert.deepEqual([url, authorization, model, dimensions], ['/v1/embeddings', `Bearer ${KEY}`, 'words', 16]);
  server().requests.length = 0;
  await embedder.encode(Array.from({ length: 16 }, () => paper('long '.repeat(2_000))));
  const sizes = server().requests.map(({ input }) => input.join('').length);
  assert.ok(Math.max(...sizes) <= 60_000, 'a text is cut at 8 000 characters');
  assert.equal(sizes.length, 3);
});

test('no more than four requests are under way at once', async () => {
  let most = 0;
  const open: (() => void)[] = [];
  const answer = faults.changed((whole) => whole);
  server().rule = () => (response, request) => {
    most = Math.max(
      most,
      open.push(() => answer(response, request)),
    );
    // Whoever sends a fifth does so at once: it would be here when the fourth is a little older.
    if (open.length === 4) setTimeout(() => open.splice(0).forEach((reply) => reply()), 20);
  };
  await set().embedder.encode(papers(8 * 32));
  assert.equal(most, 4);
});

test('without a key there is no header, and texts without words are not sent', async () => {
  const { embedder } = set({}, { key: '' });
  const [blank, full] = await embedder.encode([' ', 'attention']);
  assert.deepEqual(blank, new Float32Array(32));
  assert.equal(full?.length, 32);
  assert.deepEqual(
    server().requests.map(({ input, authorization }) => [input, authorization]),
    [[['attention'], undefined]],
  );
});

test('stopping stops: nothing more is sent, and the reason comes back', async () => {
  const { embedder } = set();
  const stop = new AbortController();
  server().rule = () => () => stop.abort(new Error('shutting down'));
  await assert.rejects(embedder.encode(papers(320), stop.signal), /shutting down/);
  assert.ok(server().requests.length <= 4);
});

test('after a failure the other lanes stop too', async () => {
  const { embedder } = set();
  server().rule = () => faults.status(401);
  await failureOf(embedder.encode(papers(3200)));
  assert.ok(server().requests.length <= 8, String(server().requests.length));
});

describe('a server that takes less', () => {
  test('gets fewer texts at a time', async () => {
    const { embedder } = set();
    server().rule = ({ input }) => (input.length > 10 ? faults.status(422, 'batch size > maximum') : undefined);
    const whole = await embedder.encode(papers(40));
    server().rule = undefined;
    const expected = await embedder.encode(papers(40));
    assert.deepEqual(whole, expected);
  });

  test('gets shorter texts, and later ones are cut beforehand', async () => {
    const { embedder } = set();
    // As llama.cpp says it, with the status that it has for it.
    server().rule = ({ input }) =>
      input.some((text) => text.length > 1500) ? faults.status(500, 'input is too large to process') : undefined;
    const long = paper('word '.repeat(1_000));
    const [one, two] = await embedder.encode([long, paper('short')]);
    assert.ok(product(one, one) > 0.99 && product(two, two) > 0.99);
    server().requests.length = 0;
    await embedder.encode([long, long]);
    assert.equal(server().requests.length, 1);
    assert.ok((server().requests[0]?.input[0]?.length ?? 0) > 1000, 'no more is cut than needed');
  });

  test('may refuse one text for ever, which then has no meaning, and a line in the log', async () => {
    const { embedder, lines } = set();
    server().rule = ({ input }) =>
      input.some((text) => text.includes('poison')) ? faults.status(400, 'no') : undefined;
    const [good, bad] = await embedder.encode([paper('good'), paper('poison')]);
    assert.ok(product(good, good) > 0.99);
    assert.deepEqual(bad, new Float32Array(32));
    assert.match(lines.join(''), /no vector of one text/);
  });

  test('but one that refuses everything has failed', async () => {
    const { embedder } = set();
    server().rule = () => faults.status(400, 'this model does not support embeddings');
    assert.match(
      (await failureOf(embedder.encode(papers(3)))).message,
      /400 \(“this model does not support embeddings”\)/,
    );
  });
});
