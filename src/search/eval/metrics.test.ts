import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meanScores, scoreRanking } from './metrics.ts';

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-9, `${actual} is not ${expected}`);

test('graded gains, discounted by the logarithm of the place', () => {
  // Found: 3 at place 1, 1 at place 3; ideal: 3, 2, 1. 3 + 1/2 against 3 + 2/log2(3) + 1/2.
  const scores = scoreRanking(['a', 'x', 'c'], new Map(Object.entries({ a: 3, b: 2, c: 1, d: 0 })));
  near(scores?.['ndcg@10'], 3.5 / (3 + 2 / Math.log2(3) + 0.5));
  // Precision 1/1 at a and 2/3 at c, over three relevant documents.
  near(scores?.map, (1 + 2 / 3) / 3);
  near(scores?.['recall@100'], 2 / 3);
});

test('nDCG looks at ten places, recall at a hundred, average precision at all', () => {
  const late = (place: number) => [...Array.from({ length: place - 1 }, (_, index) => `x${index}`), 'a'];
  const judgements = new Map([['a', 1]]);
  near(scoreRanking(late(10), judgements)?.['ndcg@10'], 1 / Math.log2(11));
  near(scoreRanking(late(11), judgements)?.['ndcg@10'], 0);
  near(scoreRanking(late(100), judgements)?.['recall@100'], 1);
  near(scoreRanking(late(101), judgements)?.['recall@100'], 0);
  near(scoreRanking(late(200), judgements)?.map, 1 / 200);
});

test('more than ten relevant documents: ten of them are perfect', () => {
  const ids = Array.from({ length: 20 }, (_, index) => String(index));
  near(scoreRanking(ids.slice(0, 10), new Map(ids.map((id) => [id, 1])))?.['ndcg@10'], 1);
});

test('negative grades count as none, and a question without relevant documents is left out', () => {
  near(scoreRanking(['bad', 'a'], new Map(Object.entries({ bad: -1, a: 1 })))?.['ndcg@10'], 1 / Math.log2(3));
  assert.equal(scoreRanking(['a'], new Map([['a', 0]])), undefined);
});

test('means are over questions', () => {
  const one = { 'ndcg@10': 1, map: 0.5, 'recall@100': 0 };
  const other = { 'ndcg@10': 0, map: 0.1, 'recall@100': 1 };
  assert.deepEqual(meanScores([one, other]), { 'ndcg@10': 0.5, map: 0.3, 'recall@100': 0.5 });
  assert.deepEqual(meanScores([]), { 'ndcg@10': 0, map: 0, 'recall@100': 0 });
});

test('whatever the ranking, all scores lie between 0 and 1, and the ideal order has nDCG 1', () => {
  const grades = fc.dictionary(fc.constantFrom(...'abcdefghijklmnop'), fc.integer({ min: 0, max: 4 }));
  fc.assert(
    fc.property(grades, fc.shuffledSubarray([...'abcdefghijklmnopqrst']), (given, ranking) => {
      const judgements = new Map(Object.entries(given));
      const scores = scoreRanking(ranking, judgements);
      if (scores === undefined) return;
      for (const score of Object.values(scores)) assert.ok(score >= 0 && score <= 1 + 1e-12);
      const ideal = [...judgements].toSorted((a, b) => b[1] - a[1]).map(([id]) => id);
      near(scoreRanking(ideal, judgements)?.['ndcg@10'], 1);
    }),
  );
});
