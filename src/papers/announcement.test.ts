import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, dayToEpoch, epochToDay, weekday } from '#platform/day.ts';
import { scheduledListingDay } from './announcement.ts';

/** Wall clock in New York, by the time zone data of Node itself. */
function easternClock(epoch: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(epoch);
}

describe('scheduledListingDay', () => {
  // 2026-01-05 is a Monday; New York is five hours behind UTC.
  const cases: [submitted: string, listed: string, why: string][] = [
    ['2026-01-05T18:59:59Z', '2026-01-06', 'before the deadline of Monday'],
    ['2026-01-05T19:00:00Z', '2026-01-07', 'from 14:00 on it is the next day'],
    ['2026-01-08T18:00:00Z', '2026-01-09', 'Thursday noon is listed on Friday'],
    ['2026-01-08T19:00:00Z', '2026-01-12', 'Thursday afternoon is announced on Sunday'],
    ['2026-01-09T19:00:00Z', '2026-01-13', 'Friday afternoon waits for Monday'],
    ['2026-01-11T12:00:00Z', '2026-01-13', 'so does the weekend'],
    ['2026-07-06T17:59:59Z', '2026-07-07', 'in summer the deadline is 18:00 UTC'],
    ['2026-07-06T18:00:00Z', '2026-07-08', 'in summer the deadline is 18:00 UTC'],
    ['2025-12-31T20:00:00Z', '2026-01-05', 'no announcement on the evening of New Year'],
    ['2026-01-19T15:00:00Z', '2026-01-21', 'nor on that of Martin Luther King Day'],
  ];
  for (const [submitted, listed, why] of cases) {
    it(`${submitted}: ${why}`, () => assert.equal(scheduledListingDay(Date.parse(submitted)), listed));
  }

  it('takes a bare day as submitted before its deadline', () => {
    assert.equal(scheduledListingDay('2026-01-05'), '2026-01-06');
    assert.equal(scheduledListingDay('2026-01-09'), '2026-01-12');
    assert.equal(scheduledListingDay('2026-01-10'), '2026-01-13');
  });

  it('lists on a working day after the submission, and never an earlier one for a later submission', () => {
    const instant = fc.integer({ min: Date.UTC(1991, 7), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const listed = scheduledListingDay(one);
        assert.ok(weekday(listed) >= 1 && weekday(listed) <= 5, listed);
        assert.ok(listed > epochToDay(one - 5 * 3_600_000) && listed <= addDays(epochToDay(one), 7), listed);
        assert.equal(listed <= scheduledListingDay(other), one <= other || listed === scheduledListingDay(other));
      }),
    );
  });

  it('knows the daylight saving time of New York in every year', () => {
    for (let year = 1991; year <= 2037; year += 1) {
      if (year === 2023 || year === 2026) continue; // holidays on Tuesdays
      // Every Tuesday: the listing day must change exactly at 14:00 on the clocks of New York.
      for (let day = `${year}-01-01`; day < `${year + 1}-01-01`; day = addDays(day, 1)) {
        if (weekday(day) !== 2) continue;
        const deadline = [18, 19]
          .map((hour) => dayToEpoch(day) + hour * 3_600_000)
          .find((epoch) => easternClock(epoch).endsWith('14:00'));
        assert.ok(deadline !== undefined);
        assert.notEqual(scheduledListingDay(deadline - 1), scheduledListingDay(deadline), day);
      }
    }
  });
});
