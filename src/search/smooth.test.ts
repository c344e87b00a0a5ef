import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Ranking } from './fusion.ts';
import { smooth } from './smooth.ts';
import type { Closeness } from './smooth.ts';

type Scored = [seq: number, score: number];

function rankingOf(papers: readonly Scored[]): Ranking {
  const scores = Float64Array.from(papers, ([, score]) => score);
  return {
    seqs: Int32Array.from(papers, ([seq]) => seq),
    lexical: scores.slice(),
    cosines: new Float32Array(scores.length),
    scores,
  };
}

/** Papers are as near to each other as they are about the same; `undefined` is a paper without a vector. */
function about(subjectOf: (seq: number) => number | undefined): Closeness {
  return (seqs) => {
    const near = new Float32Array(seqs.length ** 2);
    seqs.forEach((one, row) =>
      seqs.forEach((other, column) => {
        const isNear = row !== column && subjectOf(one) !== undefined && subjectOf(one) === subjectOf(other);
        near[row * seqs.length + column] = isNear ? 1 : 0;
      }),
    );
    return near;
  };
}

/** Papers up to number 3 are about one subject, the others each about their own. */
const bySubject = about((seq) => Math.max(seq, 3));
const seqs = (ranking: Ranking): number[] => [...ranking.seqs];

test('of near-ties the one whose subject the better papers share comes first', () => {
  const ranking = rankingOf([
    [1, 1],
    [2, 0.9],
    [4, 0.62],
    [3, 0.6],
    [5, 0.1],
  ]);
  assert.deepEqual(seqs(smooth(ranking, bySubject)), [1, 2, 3, 4, 5]);
});

test('company turns no clear case around', () => {
  const ranking = rankingOf([
    [9, 1],
    [1, 0.5],
    [2, 0.5],
    [3, 0.5],
    [4, 0.1],
  ]);
  assert.equal(seqs(smooth(ranking, bySubject))[0], 9);
});

test('without vectors nothing moves; a paper without one lends nothing', () => {
  const ranking = rankingOf([
    [4, 1],
    [2, 0.7],
    [3, 0.6],
  ]);
  assert.deepEqual(
    smooth(
      ranking,
      about(() => undefined),
    ),
    ranking,
  );
  const { scores } = smooth(
    ranking,
    about((seq) => (seq === 4 ? undefined : 1)),
  );
  assert.equal(scores[0], 1);
  assert.ok((scores[1] ?? 1) < 0.7 && (scores[2] ?? 0) > 0.6);
  assert.deepEqual(seqs(smooth(rankingOf([]), bySubject)), []);
});

test('every paper is kept once, best first, and what is far down stays where it was', () => {
  const scores = fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { maxLength: 120 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 9 }), (values, subjects) => {
      const ranking = rankingOf(values.toSorted((a, b) => b - a).map((score, at) => [1000 - at, score]));
      const smoothed = smooth(
        ranking,
        about((seq) => seq % subjects),
      );
      assert.deepEqual(new Set(seqs(smoothed)), new Set(seqs(ranking)));
      assert.equal(smoothed.seqs.length, ranking.seqs.length);
      // Sums of shares are exact to the last bits only.
      smoothed.scores.forEach((score, at) => assert.ok(score <= (smoothed.scores[at - 1] ?? 9) + 1e-12));
      assert.deepEqual(seqs(smoothed).slice(30), seqs(ranking).slice(30));
      assert.deepEqual(smoothed.scores.slice(30), ranking.scores.slice(30));
    }),
    { seed: 1 },
  );
});
