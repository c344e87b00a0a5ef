import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blend, fuse, raise, rankedAt, raiseEntitled } from './fusion.ts';

function order(...candidates: [lexical: number, cosine: number][]): number[] {
  const { seqs } = fuse({
    seqs: Int32Array.from(candidates, (_, at) => at + 1),
    lexical: Float64Array.from(candidates, ([lexical]) => lexical),
    cosines: Float32Array.from(candidates, ([, cosine]) => cosine),
  });
  return [...seqs];
}

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

test('feedback has half of the say', () => {
  assert.equal(blend(1, 0), 0.5);
  assert.equal(blend(0, 1), 0.5);
  assert.equal(blend(0.8, 0.2), 0.5);
});

test('nothing in, nothing out', () => assert.deepEqual(order(), []));

test('each paper keeps what is known of it', () => {
  const ranking = fuse({
    seqs: Int32Array.of(7, 9),
    lexical: Float64Array.of(0.25, 0.5),
    cosines: Float32Array.of(0.5, -0.25),
  });
  const [first, second] = [rankedAt(ranking, 0), rankedAt(ranking, 1)];
  assert.deepEqual([first.seq, first.lexical, first.cosine], [9, 0.5, -0.25]);
  assert.deepEqual([second.seq, second.lexical, second.cosine], [7, 0.25, 0.5]);
  assert.ok(Math.abs(first.score - 0.45) < 1e-8 && Math.abs(second.score - 0.35) < 1e-8);
});

test('the first papers change places by what is added to them, the others stay below', () => {
  const ranking = fuse({
    seqs: Int32Array.of(1, 2, 3, 4),
    lexical: Float64Array.of(1, 0.5, 0.75, 0.25),
    cosines: new Float32Array(4),
  });
  assert.deepEqual([...raise(ranking, Float64Array.of(0, 0.5, 0)).seqs], [3, 1, 2, 4]);
  // Paper 3 draws level with paper 1: the newer comes first.
  assert.deepEqual([...raise(ranking, Float64Array.of(0, 0.25)).seqs], [3, 1, 2, 4]);
  assert.deepEqual(raise(ranking, new Float64Array(0)).seqs, ranking.seqs);
});

test('the very title comes first however low it stood, and a title that begins with the question comes higher', () => {
  const ranking = fuse({
    seqs: Int32Array.of(1, 2, 3),
    lexical: Float64Array.of(1, 0.9, 0.1),
    cosines: new Float32Array(3),
  });
  assert.deepEqual([...raiseEntitled(ranking, Float64Array.of(0, 0, 1)).seqs], [3, 1, 2]);
  assert.deepEqual([...raiseEntitled(ranking, Float64Array.of(0, 0.5, 0)).seqs], [2, 1, 3]);
  assert.equal(raiseEntitled(ranking, new Float64Array(3)), ranking);
});
