import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bestFirst, stepped } from './best-first.ts';

test('the highest comes first, of equal ones the last', () => {
  assert.deepEqual([...bestFirst(Float64Array.of(0.5, -1, 2, 0.5, 0))], [2, 3, 0, 4, 1]);
  assert.deepEqual([...bestFirst(new Float64Array(0))], []);
});

test('any scores stand in the order of a comparison, and a score as it counts is as good as the same', () => {
  const scores = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 200 });
  fc.assert(
    fc.property(scores, (values) => {
      const given = Float64Array.from(values, stepped);
      const byHand = [...given.keys()].toSorted((a, b) => (given[b] ?? 0) - (given[a] ?? 0) || b - a);
      assert.deepEqual([...bestFirst(given)], byHand);
      for (const value of values) assert.ok(Math.abs(stepped(value) - value) < 4e-9);
    }),
  );
});
