import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blend, fuse } from './fusion.ts';

const order = (...candidates: [lexical: number, cosine: number][]) =>
  fuse(candidates.map(([lexical, cosine], at) => ({ seq: at + 1, lexical, cosine }))).map(({ seq }) => seq);

test('one of the two alone keeps its order', () => {
  assert.deepEqual(order([0.2, 0], [1, 0], [0.5, 0]), [2, 3, 1]);
  assert.deepEqual(order([0, 0.1], [0, 0.9], [0, -0.2]), [2, 1, 3]);
});

test('of papers with equally good words the one closer in meaning comes first; of equal ones the newer', () => {
  assert.deepEqual(order([0.5, 0.1], [0.5, 0.4], [0.5, 0.1]), [2, 3, 1]);
});

test('meaning turns near-ties of words around, not clear cases', () => {
  assert.deepEqual(order([1, 0.2], [0.95, 0.6]), [2, 1]);
  assert.deepEqual(order([1, 0.2], [0.3, 0.9]), [1, 2]);
});

test('feedback has half of the say', () => assert.equal(blend(1, 0), blend(0, 1)));

test('nothing in, nothing out', () => assert.deepEqual(fuse([]), []));
