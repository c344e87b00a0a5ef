import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrap, kendall, ndcg } from './measures.ts';

const pairs = (scores: number[], late: number[]) => scores.map((score, at) => ({ score, late: late[at] ?? 0 }));

test('the right order is 1, the reverse is −1', () => {
  const late = [9, 5, 3, 1];
  assert.deepEqual(kendall(pairs([4, 3, 2, 1], late)), { tau: 1, tauB: 1 });
  assert.deepEqual(kendall(pairs([1, 2, 3, 4], late)), { tau: -1, tauB: -1 });
  assert.equal(ndcg(pairs([4, 3, 2, 1], late), 20), 1);
});

test('τ-b forgives what is left level, τ does not', () => {
  // SciPy: kendalltau([2, 2, 1], [3, 2, 1]) is 0.8165.
  const { tau, tauB } = kendall(pairs([2, 2, 1], [3, 2, 1])) ?? { tau: 0, tauB: 0 };
  assert.ok(Math.abs(tau - 2 / 3) < 1e-9);
  assert.ok(Math.abs(tauB - 0.816_497) < 1e-6);
});

test('papers left level gain what shuffling them would on average', () => {
  const late = [4, 2];
  const either = (ndcg(pairs([2, 1], late), 20) ?? 0) + (ndcg(pairs([1, 2], late), 20) ?? 0);
  assert.ok(Math.abs((ndcg(pairs([1, 1], late), 20) ?? 0) - either / 2) < 1e-9);
});

test('only the first places count', () => {
  assert.equal(ndcg(pairs([3, 2, 1], [5, 1, 4]), 1), 1);
});

test('where nothing is told apart there is nothing to measure', () => {
  assert.equal(kendall(pairs([1, 2], [3, 3])), undefined);
  assert.equal(ndcg(pairs([1, 2], [0, 0]), 20), undefined);
});

test('the interval holds the mean, and is the same each time', () => {
  const values = Array.from({ length: 40 }, (_, at) => at % 7);
  const [low, high] = bootstrap(values);
  assert.ok(low < 3 && 3 < high && high - low < 2);
  assert.deepEqual(bootstrap(values), [low, high]);
});
