import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { trendingScore } from './score.ts';

const signals = fc.record({ upvotes: fc.nat(5000), comments: fc.nat(500), age: fc.nat(20_000) });

test('more votes or comments never lower the score, age never raises it', () => {
  fc.assert(
    fc.property(signals, fc.nat(100), (paper, more) => {
      const score = trendingScore(paper);
      assert.ok(trendingScore({ ...paper, upvotes: paper.upvotes + more }) >= score);
      assert.ok(trendingScore({ ...paper, comments: paper.comments + more }) >= score);
      assert.ok(trendingScore({ ...paper, age: paper.age + more }) <= score);
    }),
  );
});

test('without votes the newer leads, and much-voted papers of the week lead unknown ones of today', () => {
  assert.ok(trendingScore({ upvotes: 0, comments: 0, age: 1 }) > trendingScore({ upvotes: 0, comments: 0, age: 2 }));
  assert.ok(trendingScore({ upvotes: 60, comments: 3, age: 6 }) > trendingScore({ upvotes: 0, comments: 0, age: 0 }));
  assert.ok(trendingScore({ upvotes: 60, comments: 3, age: 900 }) < trendingScore({ upvotes: 0, comments: 0, age: 0 }));
});
