import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, dayInZone, isDay, monthOf, monthRange, weekOf, weekRange } from './day.ts';

test('only days that exist are days', () => {
  for (const good of ['2026-01-06', '2024-02-29', '1991-08-14']) assert.equal(isDay(good), true, good);
  for (const bad of ['2025-13-40', '2025-02-29', '2026-1-6', '06.01.2026', '', 'today', '2026-01-06T00:00'])
    assert.equal(isDay(bad), false, bad);
});

test('weeks follow ISO 8601 around the turn of the year', () => {
  assert.equal(weekOf('2026-01-06'), '2026-W02');
  assert.equal(weekOf('2024-12-30'), '2025-W01');
  assert.equal(weekOf('2027-01-03'), '2026-W53');
  assert.deepEqual(weekRange('2026-W02'), { first: '2026-01-05', last: '2026-01-11' });
  assert.equal(weekRange('2025-W53'), undefined);
  assert.equal(weekRange('2025-W00'), undefined);
});

test('every day lies in the range of its week and month', () => {
  const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((count) => addDays('2000-01-01', count));
  fc.assert(
    fc.property(anyDay, (day) => {
      const week = weekRange(weekOf(day));
      const month = monthRange(monthOf(day));
      return (
        week !== undefined &&
        month !== undefined &&
        week.first <= day &&
        day <= week.last &&
        month.first <= day &&
        day <= month.last
      );
    }),
  );
});

test('months know their last day', () => {
  assert.deepEqual(monthRange('2024-02'), { first: '2024-02-01', last: '2024-02-29' });
  assert.equal(monthRange('2026-13'), undefined);
});

test('the day depends on the time zone and the roll-over hour', () => {
  const instant = Date.parse('2026-01-06T03:30:00Z');
  assert.equal(dayInZone(instant, 'UTC'), '2026-01-06');
  assert.equal(dayInZone(instant, 'America/New_York'), '2026-01-05');
  assert.equal(dayInZone(instant, 'UTC', 6), '2026-01-05');
});
