/** Encoding: what a vector is made of, and that the shipped model is there, fast and knows which texts belong together. */

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../test/code-point.ts';
import { encode, loadModel, openModel } from './embed.ts';
import type { Embeddable } from './embedder.ts';

/** Two words in two dimensions, so that vectors can be told by hand. */
const tiny = openModel(
  {
    dimensions: 2,
    words: ['network', 'graph'],
    scales: Float32Array.of(0.5, 0.1),
    vectors: Int8Array.of(2, 0, 0, 10),
  },
  'tiny',
);

describe('a small model', () => {
  test('adds the scaled vectors of the stems, and makes the sum unit length', () => {
    assert.deepEqual([...encode(tiny, 'Networks')], [1, 0]);
    assert.deepEqual([...encode(tiny, 'a graph network?')], [Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
  });

  test('a word said again adds less each time', () => {
    const [x = 0, y = 0] = encode(tiny, 'graph graph graph network');
    assert.ok(Math.abs(y / x - (1 + Math.log(3))) < 1e-6);
  });

  test('a paper is its title and its abstract', () => {
    assert.deepEqual(encode(tiny, { title: 'Graphs', abstract: 'of networks' }), encode(tiny, 'graphs of networks'));
  });

  test('a text that says nothing has the zero vector', () => {
    const quiet = openModel(
      { dimensions: 2, words: ['such'], scales: Float32Array.of(0), vectors: Int8Array.of(0, 0) },
      'quiet',
    );
    assert.deepEqual([...encode(quiet, 'such')], [0, 0]);
    assert.deepEqual([...encode(tiny, '')], [0, 0]);
  });

  test('adds up as plain arithmetic would, to the last bit, whatever the dimensions', () => {
    const words = ['graph', 'network', 'paper', 'word', 'token'];
    const numbers = fc.integer({ min: -128, max: 127 });
    const model = fc.integer({ min: 1, max: 40 }).chain((dimensions) =>
      fc.record({
        dimensions: fc.constant(dimensions),
        scales: fc.array(fc.float({ min: Math.fround(0.001), max: 2 }), { minLength: 5, maxLength: 5 }),
        vectors: fc.array(numbers, { minLength: 5 * dimensions, maxLength: 5 * dimensions }),
      }),
    );
    fc.assert(
      fc.property(model, ({ dimensions, scales, vectors }) => {
        const data = { dimensions, words, scales: Float32Array.from(scales), vectors: Int8Array.from(vectors) };
        const sum = Array.from({ length: dimensions }, (_, k) =>
          data.scales.reduce((so, scale, row) => so + scale * (data.vectors[row * dimensions + k] ?? 0), 0),
        );
        const length = Math.sqrt(sum.reduce((so, value) => so + value * value, 0));
        const expected = sum.map((value) => Math.fround(length === 0 ? 0 : value * (1 / length)));
        assert.deepEqual([...encode(openModel(data, 'any'), words.join(' '))], expected);
      }),
    );
  });

  test('writes where it is told to', () => {
    const out = new Float32Array(2);
    assert.equal(encode(tiny, 'graph', out), out);
    assert.deepEqual([...out], [0, 1]);
  });

  test('no text leaves a trace on the next one, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 300 }), (text) => {
        const vector = encode(tiny, `${text} graph network graph`);
        assert.ok(vector.every(Number.isFinite));
        assert.deepEqual([...encode(tiny, 'network')], [1, 0]);
      }),
    );
  });

  test('a text of megabytes is cut, not refused', () => {
    const [x = 0, y = 0] = encode(tiny, 'graph '.repeat(300_000) + 'network');
    assert.deepEqual([x, y], [0, 1]);
  });
});

describe('the shipped model', () => {
  const model = loadModel();
  const cosine = (a: Embeddable, b: Embeddable): number => {
    const other = encode(model, b);
    return encode(model, a).reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0);
  };

  test('has the size that is published', () => {
    assert.equal(model.dimensions, 256);
    assert.ok(statSync(new URL('model/broadsheet-embed.bin', import.meta.url)).size <= 10_000_000);
    assert.match(model.name, /^broadsheet-[0-9a-f]{8}$/);
  });

  test('finds what is meant in other words', () => {
    const asked = 'answering questions about photographs';
    assert.ok(cosine(asked, 'visual image understanding') > cosine(asked, 'robot locomotion over rough terrain') + 0.1);
    const stars = 'how old are the stars';
    assert.ok(cosine(stars, 'ages of globular clusters') > cosine(stars, 'database transactions') + 0.1);
  });

  test('a name that it never met is found again, and is close to nothing else', () => {
    const [name, other] = ['Zyxgorvium', 'Quethlanbor'];
    const text = 'an alloy for batteries';
    assert.ok(cosine(`${name} ${text}`, `${name} image`) > cosine(`${other} ${text}`, `${name} image`));
  });

  test('the same text has the same vector, length 1', () => {
    const text = { title: 'Attention is all you need', abstract: 'The dominant sequence transduction models …' };
    assert.deepEqual(encode(model, text), encode(model, text));
    assert.ok(Math.abs(cosine(text, text) - 1) < 1e-5);
  });
});
