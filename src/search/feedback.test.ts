import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandTerms, moveVector, trust } from './feedback.ts';
import type { SharedTerms } from './feedback.ts';

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-6, `${actual} is not ${expected}`);

/** Papers with these words, all of them with the same say. */
function sharedBy(...papers: number[][]): SharedTerms {
  const terms = Uint32Array.from(new Set(papers.flat()));
  const holders = terms.map((term) => papers.filter((paper) => paper.includes(term)).length);
  return { terms, holders, sums: Float64Array.from(holders, (count) => (0.8 * count) / papers.length) };
}

test('the first papers are trusted most, and shares sum to 1', () => {
  const shares = trust(Float64Array.of(4, 4, 2, -1));
  near(shares[0], shares[1] ?? 0);
  assert.ok((shares[2] ?? 0) < (shares[1] ?? 0) / 4);
  assert.equal(shares[3], 0);
  near(
    shares.reduce((sum, share) => sum + share, 0),
    1,
  );
  assert.deepEqual([...trust(Float64Array.of(0, 0))], [0.5, 0.5]);
  assert.deepEqual([...trust(new Float64Array(0))], []);
});

test('words that several of the papers share join the question, with less weight than its own', () => {
  const [asked, shared, single, stop] = [1, 2, 3, 4];
  const expanded = expandTerms(
    [{ term: asked, weight: 1 }],
    sharedBy([asked, shared, stop], [shared, single, stop]),
    (term) => (term === stop ? 0 : 3),
  );
  const weights = new Map(expanded.map(({ term, weight }) => [term, weight]));
  assert.deepEqual(
    [...weights.keys()].toSorted((a, b) => a - b),
    [asked, shared],
  );
  assert.ok((weights.get(shared) ?? 0) > 0 && (weights.get(shared) ?? 0) < (weights.get(asked) ?? 0));
});

test('a term of the question that the papers share as well gains weight', () => {
  const [first] = expandTerms([{ term: 1, weight: 1 }], sharedBy([1], [1]), () => 1);
  assert.ok((first?.weight ?? 0) > 1);
});

test('the vector moves towards the papers and stays of unit length', () => {
  const question = Float32Array.of(1, 0, 0);
  const moved = moveVector(question, [
    { vector: Float32Array.of(0, 1, 0), share: 0.75 },
    { vector: undefined, share: 0.1 },
    { vector: Float32Array.of(0, 0, 1), share: 0.15 },
  ]);
  near(Math.hypot(...moved), 1);
  assert.ok((moved[0] ?? 0) > 0 && (moved[1] ?? 0) > (moved[2] ?? 0) && (moved[2] ?? 0) > 0);
  assert.deepEqual([...question], [1, 0, 0]);
  assert.deepEqual([...moveVector(question, [])], [1, 0, 0]);
});

test('of many shared words the thirty that tell most are added', () => {
  const many = Array.from({ length: 100 }, (_, at) => at + 1);
  const expanded = expandTerms([], sharedBy(many, many), (term) => term);
  assert.deepEqual(
    expanded.map(({ term }) => term),
    many.slice(-30),
  );
});

test('no more than thirty are added where more tell as much', () => {
  const many = Array.from({ length: 100 }, (_, at) => at + 1);
  const expanded = expandTerms([], sharedBy(many, many), (term) => (term > 90 ? 2 : 1));
  assert.equal(expanded.length, 30);
  for (const term of many.slice(90)) assert.ok(expanded.some((one) => one.term === term));
});
