import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { closeness, cosines, nearest } from './nearest.ts';
import { packVector } from './pack.ts';
import { createVectorIndex, placeOf, removeVector, setVectors, vectorOf } from './vector-index.ts';
import type { VectorIndex } from './vector-index.ts';

function indexOf(vectors: Iterable<readonly [seq: number, vector: Float32Array]>, dimensions: number): VectorIndex {
  const index = createVectorIndex(dimensions);
  for (const [seq, vector] of vectors) setVectors(index, [seq], packVector(vector));
  return index;
}

/** Numbers that repeat themselves, so that a failure can be looked into. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

function randomVector(next: () => number, dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => next() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** What `nearest` must find: the same bytes, one by one, sorted. */
function byHand(index: VectorIndex, seqs: readonly number[], vector: Float32Array, limit: number) {
  return seqs
    .map((seq) => {
      const stored = vectorOf(index, seq) ?? assert.fail();
      return { seq, cosine: stored.reduce((sum, value, k) => sum + value * (vector[k] ?? 0), 0) };
    })
    .toSorted((a, b) => b.cosine - a.cosine || b.seq - a.seq)
    .slice(0, limit);
}

function closenessByHand(index: VectorIndex, seqs: Int32Array): Float32Array {
  const vectors = Array.from(seqs, (seq) => vectorOf(index, seq));
  return Float32Array.from(
    vectors.flatMap((one, row) =>
      vectors.map((other, column) =>
        one && other && row !== column ? one.reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0) : 0,
      ),
    ),
  );
}

type Expected = { seq: number; cosine: number }[];

function assertSame(seqs: Int32Array, expected: Expected, index: VectorIndex, question: Float32Array): void {
  assert.equal(seqs.length, expected.length);
  const found = cosines(index, question, seqs);
  seqs.forEach((seq, at) => {
    const cosine = found[at] ?? NaN;
    const wanted = expected[at] ?? assert.fail();
    assert.ok(Math.abs(cosine - wanted.cosine) < 3e-5, `${cosine} at ${at}, not ${wanted.cosine}`);
    // The question is asked in 16 bits a number, which may swap two that differ in the fifth digit.
    const twin = expected.find((one) => one.seq === seq);
    assert.ok(twin && Math.abs(twin.cosine - cosine) < 3e-5, `${seq} is not among the nearest`);
  });
}

describe('a few papers', () => {
  const [east, north, west] = [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(-1, 0)];
  const northEast = Float32Array.of(Math.SQRT1_2, Math.SQRT1_2);

  test('are found nearest first, the higher number first of two that are as near', () => {
    const index = indexOf(
      [
        [5, north],
        [2, east],
        [9, east],
        [3, west],
        [7, northEast],
      ],
      2,
    );
    assert.deepEqual([...nearest(index, east, 9)], [9, 2, 7, 5, 3]);
    assert.deepEqual([...nearest(index, east, 2)], [9, 2]);
    const first = nearest(index, northEast, 1);
    assert.equal(first[0], 7);
    assert.ok(Math.abs((cosines(index, northEast, first)[0] ?? NaN) - 1) < 1e-6);
  });

  test('only those that are accepted', () => {
    const index = indexOf(
      [
        [1, east],
        [2, east],
        [3, north],
      ],
      2,
    );
    assert.deepEqual([...nearest(index, east, 9, Uint8Array.of(0, 0, 1, 1))], [2, 3]);
    assert.equal(nearest(index, east, 9, new Uint8Array(0)).length, 0);
  });

  test('a paper that comes again is replaced, one that is removed is not found', () => {
    const index = indexOf(
      [
        [1, east],
        [2, north],
        [3, west],
        [1, west],
      ],
      2,
    );
    assert.equal(index.count, 3);
    assert.deepEqual(vectorOf(index, 1), west);
    removeVector(index, 2);
    removeVector(index, 2);
    assert.deepEqual([...nearest(index, west, 9)], [3, 1]);
    assert.equal(vectorOf(index, 2), undefined);
    assert.deepEqual(cosines(index, west, Int32Array.of(3, 2, 99, 1)), Float32Array.of(1, 0, 0, 1));
    assert.deepEqual(vectorOf(index, 3), west);
  });

  test('a vector of zeros is near to nothing, asked or stored', () => {
    const zero = new Float32Array(2);
    const index = indexOf(
      [
        [1, east],
        [2, zero],
        [3, north],
        [3, zero],
      ],
      2,
    );
    assert.deepEqual([...nearest(index, east, 9)], [1]);
    assert.equal(nearest(index, zero, 9).length, 0);
    assert.deepEqual(cosines(index, zero, Int32Array.of(1)), Float32Array.of(0));
  });

  test('none are found in an empty index, and none if none are asked for', () => {
    assert.equal(nearest(createVectorIndex(256), new Float32Array(256).fill(1 / 16), 5).length, 0);
    assert.equal(nearest(indexOf([[1, east]], 2), east, 0).length, 0);
  });
});

test('whatever is added, replaced and removed, under any filter: what is found is what is nearest', () => {
  const change = fc.tuple(fc.nat(60), fc.integer(), fc.boolean());
  const dimensions = fc.constantFrom(1, 3, 63, 64, 65, 256, 384);
  fc.assert(
    fc.property(
      dimensions,
      fc.array(change, { maxLength: 120 }),
      fc.nat(),
      fc.nat(70),
      (size, changes, seed, limit) => {
        const index = createVectorIndex(size);
        const kept = new Set<number>();
        for (const [seq, at, isRemoved] of changes) {
          if (isRemoved) removeVector(index, seq);
          else setVectors(index, [seq], packVector(randomVector(random(at), size)));
          kept[isRemoved ? 'delete' : 'add'](seq);
        }
        assert.equal(index.count, kept.size);
        const next = random(seed);
        const question = randomVector(next, size);
        const accepted = Uint8Array.from({ length: 61 }, () => (next() < 0.4 ? 1 : 0));
        const seqs = [...kept];
        assertSame(nearest(index, question, limit), byHand(index, seqs, question, limit), index, question);
        const chosen = seqs.filter((seq) => accepted[seq] === 1);
        assertSame(nearest(index, question, limit, accepted), byHand(index, chosen, question, limit), index, question);
        for (const seq of seqs) assert.equal(index.seqs[placeOf(index, seq)], seq);
        const some = Int32Array.from([...seqs.slice(0, 5), 99]);
        const [close, byPairs] = [closeness(index, some), closenessByHand(index, some)];
        assert.equal(close.length, byPairs.length);
        // Rounding both would not do: two that differ in the seventh digit may lie on both sides of a half.
        for (const [at, pair] of byPairs.entries()) assert.ok(Math.abs((close[at] ?? NaN) - pair) < 1e-5, `pair ${at}`);
      },
    ),
    { numRuns: 100 },
  );
});

describe('many papers', () => {
  const PAPERS = 12_000;
  const next = random(42);
  const index = createVectorIndex(64);
  const seqs = Array.from({ length: PAPERS }, (_, at) => 2 * at + 1);
  // Texts have subjects: without them all would be as far from each other, and no signs would tell.
  const subjects = Array.from({ length: 120 }, () => randomVector(next, 64));
  const packed = new Int8Array(PAPERS * 64);
  const paperOn = (subject: number) =>
    (subjects[subject] ?? assert.fail()).map((value) => value + 0.15 * (next() - 0.5));
  seqs.forEach((_, at) => packed.set(packVector(paperOn(at % 120)), at * 64));
  setVectors(index, seqs, packed);

  test('99 of 100 of the nearest ten are found', () => {
    let found = 0;
    for (let subject = 0; subject < 20; subject++) {
      const question = paperOn(subject);
      const wanted = new Set(byHand(index, seqs, question, 10).map(({ seq }) => seq));
      found += nearest(index, question, 10).filter((seq) => wanted.has(seq)).length;
    }
    assert.ok(found >= 0.99 * 200, `${found} of 200`);
  });

  test('a filter that leaves few leaves exactly those, however far', () => {
    const accepted = new Uint8Array(2 * PAPERS);
    const chosen = seqs.filter((_, at) => at % 10 === 7);
    for (const seq of chosen) accepted[seq] = 1;
    const question = paperOn(0);
    assertSame(nearest(index, question, 1000, accepted), byHand(index, chosen, question, 1000), index, question);
  });

  test('the order in which they came makes no difference', () => {
    const turned = createVectorIndex(64);
    for (let at = PAPERS - 1; at >= 0; at--) setVectors(turned, [2 * at + 1], packed.subarray(at * 64, (at + 1) * 64));
    const question = paperOn(11);
    assert.deepEqual(nearest(turned, question, 200), nearest(index, question, 200));
  });
});
