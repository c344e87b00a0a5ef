/** Small, but still the same vectors. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantise, withoutSilent } from './quantise.ts';

const vectors = Float32Array.of(1, -0.5, 200, 100, 0.01, 0.02, 1.5, 0);

test('each row keeps its direction and its length to a hundredth', () => {
  const { scales, vectors: bytes } = quantise(vectors, 2);
  for (const at of [0, 1, 2, 3, 6, 7]) {
    const value = (bytes[at] ?? 0) * (scales[at >> 1] ?? 0);
    const largest = Math.max(...vectors.subarray(at & ~1, (at & ~1) + 2).map(Math.abs));
    assert.ok(Math.abs(value - (vectors[at] ?? 0)) <= largest / 200, `${at}: ${value}`);
  }
});

test('a word that says nothing has no row, and the others keep theirs', () => {
  const words = ['graph', 'network', 'such', 'model'];
  const kept = withoutSilent({ dimensions: 2, words, ...quantise(vectors, 2) });
  assert.deepEqual(kept.words, ['graph', 'network', 'model']);
  assert.deepEqual([...kept.vectors], [127, -63, 127, 64, 127, 0]);
  assert.equal(kept.scales.length, 3);
});
