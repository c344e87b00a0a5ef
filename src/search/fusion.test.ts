import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuse, lexicalPeak } from './fusion.ts';

const order = (peak: number, ...candidates: [lexical: number, cosine: number][]) =>
  fuse(
    candidates.map(([lexical, cosine], at) => ({ seq: at + 1, lexical, cosine })),
    peak,
  ).map(({ seq }) => seq);

test('one of the two alone keeps its order', () => {
  assert.deepEqual(order(1, [2, 0], [9, 0], [5, 0]), [2, 3, 1]);
  assert.deepEqual(order(0, [0, 0.1], [0, 0.9], [0, -0.2]), [2, 1, 3]);
});

test('of papers with equally good words the one closer in meaning comes first; of equal ones the newer', () => {
  assert.deepEqual(order(1, [5, 0.1], [5, 0.4], [5, 0.1]), [2, 3, 1]);
});

test('words weigh the same whatever the scale of their scores', () => {
  assert.deepEqual(order(1, [10, 0.2], [9, 0.5], [3, 0.9]), order(1, [100, 0.2], [90, 0.5], [30, 0.9]));
});

test('the less of the question any paper has, the more meaning says', () => {
  assert.equal(lexicalPeak(10, 10), 1);
  assert.ok(lexicalPeak(2, 10) < lexicalPeak(5, 10));
  assert.equal(lexicalPeak(0, 0), 0);
  const found: [number, number][] = [
    [10, 0],
    [6, 0.9],
  ];
  assert.deepEqual(order(1, ...found).length, 2);
  assert.equal(order(lexicalPeak(1, 10), ...found)[0], 2);
});

test('nothing in, nothing out', () => assert.deepEqual(fuse([], 1), []));
