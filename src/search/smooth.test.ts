import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Ranked } from './fusion.ts';
import { smooth } from './smooth.ts';

const paper = (seq: number, score: number): Ranked => ({ seq, lexical: score, cosine: 0, score });
const seqs = (ranked: readonly Ranked[]): number[] => ranked.map(({ seq }) => seq);
/** Papers up to number 3 are about one subject, the others each about their own. */
const bySubject = (seq: number): Float32Array => Float32Array.from({ length: 64 }, (_, k) => +(k === Math.max(seq, 3)));

test('of near-ties the one whose subject the better papers share comes first', () => {
  const ranked = [paper(1, 1), paper(2, 0.9), paper(4, 0.62), paper(3, 0.6), paper(5, 0.1)];
  assert.deepEqual(seqs(smooth(ranked, bySubject)), [1, 2, 3, 4, 5]);
});

test('company turns no clear case around', () => {
  const ranked = [paper(9, 1), paper(1, 0.5), paper(2, 0.5), paper(3, 0.5), paper(4, 0.1)];
  assert.equal(seqs(smooth(ranked, bySubject))[0], 9);
});

test('without vectors nothing moves; a paper without one lends nothing', () => {
  const ranked = [paper(4, 1), paper(2, 0.7), paper(3, 0.6)];
  assert.deepEqual(
    smooth(ranked, () => undefined),
    ranked,
  );
  const [first, second, third] = smooth(ranked, (seq) => (seq === 4 ? undefined : bySubject(seq)));
  assert.deepEqual(first, ranked[0]);
  assert.ok((second?.score ?? 1) < 0.7 && (third?.score ?? 0) > 0.6);
  assert.deepEqual(
    smooth([], () => undefined),
    [],
  );
});

test('every paper is kept once, best first, and what is far down stays where it was', () => {
  const scores = fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { maxLength: 120 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 9 }), (values, subjects) => {
      const ranked = values.toSorted((a, b) => b - a).map((score, at) => paper(1000 - at, score));
      const vectorOf = (seq: number) => Float32Array.from({ length: 9 }, (_, k) => +(k === seq % subjects));
      const smoothed = smooth(ranked, vectorOf);
      assert.deepEqual(new Set(seqs(smoothed)), new Set(seqs(ranked)));
      assert.equal(smoothed.length, ranked.length);
      // Sums of shares are exact to the last bits only.
      for (const [at, { score }] of smoothed.entries()) assert.ok(score <= (smoothed[at - 1]?.score ?? 9) + 1e-12);
      assert.deepEqual(smoothed.slice(30), ranked.slice(30));
    }),
    { seed: 1 },
  );
});
