import assert from 'node:assert/strict';
import { test } from 'node:test';
import { starGain } from './star-gain.ts';

const at = Date.parse('2026-01-10');

test('stars a day are those gained within a week, by the days between the readings', () => {
  const readings = [
    { day: '2025-12-01', stars: 5 },
    { day: '2026-01-04', stars: 100 },
    { day: '2026-01-10', stars: 700 },
  ];
  assert.deepEqual(starGain(readings), { perDay: 100, at });
});

test('one reading says nothing of how fast they came', () => {
  assert.equal(starGain([]), undefined);
  assert.equal(starGain([{ day: '2026-01-10', stars: 5_000 }]), undefined);
  assert.equal(
    starGain([
      { day: '2025-12-01', stars: 5 },
      { day: '2026-01-10', stars: 5_000 },
    ]),
    undefined,
  );
});

test('lost stars are no gain', () => {
  assert.deepEqual(
    starGain([
      { day: '2026-01-09', stars: 9 },
      { day: '2026-01-10', stars: 3 },
    ]),
    { perDay: 0, at },
  );
});
