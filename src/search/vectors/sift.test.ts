import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cosines, nearest } from './nearest.ts';
import { packVector } from './pack.ts';
import { createVectorIndex, setVectors } from './vector-index.ts';

/** Rows that a search looks at more closely, as `nearest.ts` says. */
const POOL = 3000;
const PAPERS = 7000;

const normalised = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

function differingSigns(one: Int8Array, other: Int8Array): number {
  let differing = 0;
  for (let k = 0; k < one.length; k++) if ((one[k] ?? 0) < 0 !== (other[k] ?? 0) < 0) differing++;
  return differing;
}

for (const dimensions of [64, 256, 320]) {
  test(`those with the fewest differing signs are compared exactly, in ${dimensions} dimensions under any filter`, () => {
    let state = 7;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
    const index = createVectorIndex(dimensions);
    const rows = Array.from({ length: PAPERS }, (_, at) => ({
      seq: 3 * at + (at % 2),
      packed: packVector(normalised(Float32Array.from({ length: dimensions }, next))),
    }));
    for (const { seq, packed } of rows) setVectors(index, [seq], packed);
    const parts = fc.constantFrom(undefined, 0.99, 0.6, 0.3, 0.05);
    fc.assert(
      fc.property(parts, fc.integer(), fc.integer({ min: 1, max: 900 }), (part, seed, limit) => {
        state = seed;
        const question = normalised(Float32Array.from({ length: dimensions }, next));
        const accepted =
          part === undefined ? undefined : Uint8Array.from({ length: 3 * PAPERS - 50 }, () => +(next() + 0.5 < part));
        const signs = packVector(question);
        const allowed = rows
          .filter(({ seq }) => accepted === undefined || accepted[seq] === 1)
          .map(({ seq, packed }) => ({ seq, distance: differingSigns(packed, signs) }))
          .toSorted((a, b) => a.distance - b.distance);
        const farthest = allowed[Math.max(POOL, 4 * limit) - 1]?.distance ?? Infinity;
        const pool = allowed.filter(({ distance }) => distance <= farthest).map(({ seq }) => seq);
        const exact = cosines(index, question, Int32Array.from(pool));
        const expected = pool
          .map((seq, at) => ({ seq, cosine: Math.round((exact[at] ?? NaN) * 2 ** 24) }))
          .toSorted((a, b) => b.cosine - a.cosine || b.seq - a.seq)
          .slice(0, limit);
        assert.deepEqual(
          [...nearest(index, question, limit, accepted)],
          expected.map(({ seq }) => seq),
        );
      }),
      { numRuns: 25 },
    );
  });
}
