/** Small, but still the same vectors. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantise } from './quantise.ts';

const vectors = Float32Array.of(1, -0.5, 200, 100, 0.01, 0.02, 1.5, 0);

test('each row keeps its direction and its length to a hundredth', () => {
  const { scales, vectors: bytes } = quantise(vectors, 2);
  for (const at of [0, 1, 2, 3, 6, 7]) {
    const value = (bytes[at] ?? 0) * (scales[at >> 1] ?? 0);
    const largest = Math.max(...vectors.subarray(at & ~1, (at & ~1) + 2).map(Math.abs));
    assert.ok(Math.abs(value - (vectors[at] ?? 0)) <= largest / 200, `${at}: ${value}`);
  }
});

test('a word that says nothing is all zeros, and the others keep their numbers', () => {
  const { scales, vectors: bytes } = quantise(vectors, 2);
  assert.equal(scales[2], 0);
  assert.deepEqual([...bytes], [127, -63, 127, 64, 0, 0, 127, 0]);
});
