import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bucketAt, waitFor } from './bucket.ts';
import { inWords } from './demand.ts';

/** What the store does in one statement, in plain code. */
function bucket(limit: number, windowMs: number) {
  let fullAt = 0;
  return (now: number): number => {
    const at = bucketAt({ key: 'x', limit, windowMs }, now);
    if (fullAt > at.latest) return waitFor(at, fullAt);
    fullAt = Math.max(fullAt, now) + at.interval;
    return 0;
  };
}

test('a full bucket gives its limit at once, then one token after the other', () => {
  const take = bucket(3, 60_000);
  assert.deepEqual([take(1e6), take(1e6), take(1e6), take(1e6)], [0, 0, 0, 20_000]);
  assert.equal(take(1e6 + 19_999), 1);
  assert.equal(take(1e6 + 20_000), 0);
  assert.equal(take(1e6 + 20_000), 20_000);
});

test('within a window never more than the limit twice, in the long run never more than the limit each', () => {
  const steps = fc.array(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 50, max: 20_000 }),
      steps,
      (limit, windowMs, waits) => {
        const take = bucket(limit, windowMs);
        let now = 1_000_000;
        const times: number[] = [];
        for (const wait of waits) {
          now += wait;
          if (take(now) === 0) times.push(now);
        }
        for (const [index, start] of times.entries()) {
          const inWindow = times.slice(index).filter((time) => time < start + windowMs).length;
          assert.ok(inWindow <= 2 * limit, `${inWindow} of ${limit}`);
        }
        assert.ok(times.length <= limit + Math.ceil(((now - 1_000_000) / windowMs) * limit));
      },
    ),
  );
});

test('whoever waits as long as told is let in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20_000 }), (limit, windowMs) => {
      const take = bucket(limit, windowMs);
      for (let count = 0; count < limit; count += 1) assert.equal(take(1e6), 0);
      const wait = take(1e6);
      assert.ok(wait > 0);
      assert.equal(take(1e6 + wait), 0);
    }),
  );
});

test('times are told in words, rounded up', () => {
  const told = [1, 1_000, 59_001, 91_000, 3_600_000, 5_400_001, 90_000_000, 864_000_000].map(inWords);
  assert.deepEqual(told, [
    '1 second',
    '1 second',
    '60 seconds',
    '2 minutes',
    '60 minutes',
    '2 hours',
    '25 hours',
    '10 days',
  ]);
});
