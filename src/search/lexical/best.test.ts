import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { best } from './best.ts';

test('the same as sorting everything', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 20 }), (given, limit) => {
      const ranking = best(limit);
      for (const [item, score] of given.entries()) ranking.offer(item, score);
      const sorted = given
        .map((score, item) => ({ score, item }))
        .toSorted((a, b) => b.score - a.score || b.item - a.item)
        .slice(0, limit)
        .map(({ item }) => item);
      assert.deepEqual(ranking.take(), sorted);
    }),
  );
});
