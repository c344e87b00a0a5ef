/** When mails are due: in every zone, over every change of its clocks. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { nextDue } from './next-due.ts';
import type { Rhythm } from './next-due.ts';

const HOUR = 3_600_000;
const daily = (timeZone: string, hour: number): Rhythm => ({ frequency: 'daily', weekday: 1, hour, timeZone });
const weekly = (timeZone: string, weekday: number, hour: number): Rhythm => ({
  frequency: 'weekly',
  weekday,
  hour,
  timeZone,
});

/** The instants of the next `count` mails, in UTC. */
function series(rhythm: Rhythm, from: string, count: number): string[] {
  const found: string[] = [];
  let at = Date.parse(from);
  for (let index = 0; index < count; index++) {
    at = nextDue(rhythm, at);
    found.push(new Date(at).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

const CASES: [string, Rhythm, string, string[]][] = [
  ['is tomorrow where today is over', daily('UTC', 8), '2026-01-05T08:00Z', ['2026-01-06T08:00Z', '2026-01-07T08:00Z']],
  ['is today where it is still to come', daily('UTC', 8), '2026-01-05T07:59:59.999Z', ['2026-01-05T08:00Z']],
  [
    'stays at the hour of the clock when clocks go forward',
    daily('Europe/Berlin', 8),
    '2026-03-28T00:00Z',
    ['2026-03-28T07:00Z', '2026-03-29T06:00Z', '2026-03-30T06:00Z'],
  ],
  [
    'comes at the end of the gap where its hour is left out (2:00 becomes 3:00)',
    daily('Europe/Berlin', 2),
    '2026-03-28T02:00Z',
    ['2026-03-29T01:00Z', '2026-03-30T00:00Z'],
  ],
  [
    'comes once, the first time, where its hour comes twice',
    daily('Europe/Berlin', 2),
    '2026-10-24T12:00Z',
    ['2026-10-25T00:00Z', '2026-10-26T01:00Z'],
  ],
  [
    'does not come in the second of two equal hours either',
    daily('Europe/Berlin', 2),
    '2026-10-25T00:30Z',
    ['2026-10-26T01:00Z'],
  ],
  ['knows midnights that are left out', daily('America/Havana', 0), '2026-03-07T12:00Z', ['2026-03-08T05:00Z']],
  [
    'moves into the next day where the gap does (Nuuk: 23:00 is midnight)',
    daily('America/Nuuk', 23),
    '2024-03-30T12:00Z',
    ['2024-03-31T01:00Z', '2024-04-01T00:00Z'],
  ],
  [
    'knows gaps of half an hour',
    daily('Australia/Lord_Howe', 2),
    '2026-10-03T12:00Z',
    ['2026-10-03T15:30Z', '2026-10-04T15:00Z'],
  ],
  [
    'has a leap day',
    daily('America/New_York', 7),
    '2028-02-28T00:00Z',
    ['2028-02-28T12:00Z', '2028-02-29T12:00Z', '2028-03-01T12:00Z'],
  ],
  ['knows zones of half hours', daily('Asia/Kolkata', 8), '2026-01-05T00:00Z', ['2026-01-05T02:30Z']],
  ['knows zones of quarter hours', daily('Asia/Kathmandu', 8), '2026-01-05T00:00Z', ['2026-01-05T02:15Z']],
  ['knows Chatham', daily('Pacific/Chatham', 0), '2026-01-05T00:00Z', ['2026-01-05T10:15Z']],
  ['knows the first to see a day', daily('Pacific/Kiritimati', 8), '2026-01-05T00:00Z', ['2026-01-05T18:00Z']],
  [
    'leaves out a day that was none (Samoa, December 30, 2011)',
    daily('Pacific/Apia', 8),
    '2011-12-29T12:00Z',
    ['2011-12-29T18:00Z', '2011-12-30T18:00Z'],
  ],
  [
    'comes right after a weekday that was none',
    weekly('Pacific/Apia', 5, 8),
    '2011-12-24T00:00Z',
    ['2011-12-30T10:00Z', '2012-01-05T18:00Z'],
  ],
  [
    'leaves out another one (Kwajalein, August 21, 1993)',
    daily('Pacific/Kwajalein', 8),
    '1993-08-19T20:00Z',
    ['1993-08-20T20:00Z', '1993-08-21T20:00Z'],
  ],
  [
    'is on its weekday',
    weekly('America/Los_Angeles', 1, 8),
    '2026-01-05T16:00Z',
    ['2026-01-12T16:00Z', '2026-01-19T16:00Z'],
  ],
  ['has Sunday as the seventh day', weekly('UTC', 7, 0), '2026-01-05T00:00Z', ['2026-01-11T00:00Z']],
];

describe('the next mail', () => {
  for (const [name, rhythm, from, expected] of CASES)
    test(name, () => assert.deepEqual(series(rhythm, from, expected.length), expected));

  test('after days of sleep is the newest alone', () => {
    const rhythm = daily('Europe/Berlin', 8);
    assert.equal(new Date(nextDue(rhythm, Date.parse('2026-01-20T12:00Z'))).toISOString(), '2026-01-21T07:00:00.000Z');
  });

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const rhythms = fc.record({
    frequency: fc.constantFrom('daily' as const, 'weekly' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: zones,
  });
  const instants = fc.integer({ min: Date.parse('1971-01-01'), max: Date.parse('2036-01-01') });

  test('comes later than what it is asked after, and there is none between', () => {
    fc.assert(
      fc.property(rhythms, instants, fc.double({ min: 0, max: 1, noNaN: true }), (rhythm, after, part) => {
        const due = nextDue(rhythm, after);
        assert.ok(due > after);
        const between = after + Math.floor((due - after - 1) * part);
        assert.equal(nextDue(rhythm, between), due);
      }),
      { numRuns: 500 },
    );
  });

  test('is at most a day and its changes away, or a week', () => {
    fc.assert(
      fc.property(rhythms, instants, (rhythm, after) => {
        const most = (rhythm.frequency === 'daily' ? 24 : 7 * 24) + 26;
        assert.ok(nextDue(rhythm, after) - after <= most * HOUR);
      }),
      { numRuns: 500 },
    );
  });

  test('is when a clock of the zone first shows the hour, or is past it', () => {
    const show = (timeZone: string) => {
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
      return (instant: number) => clock.format(instant);
    };
    fc.assert(
      fc.property(rhythms, instants, (rhythm, after) => {
        const shown = show(rhythm.timeZone);
        const due = nextDue(rhythm, after);
        const wanted = `${String(rhythm.hour).padStart(2, '0')}:00:00`;
        const [day = '', time = ''] = shown(due).split(' ');
        if (rhythm.frequency === 'weekly' && time === wanted)
          assert.equal(new Date(day).getUTCDay() || 7, rhythm.weekday);
        // A minute before, clocks had not come so far on that day, or a gap ended right now.
        const before = shown(due - 1000);
        if (time === wanted) assert.ok(before < `${day} ${wanted}`, `${before} before ${day} ${wanted}`);
        else assert.ok(Date.parse(`${day}T${time}Z`) - Date.parse(`${before.replace(' ', 'T')}Z`) > 1000);
      }),
      { numRuns: 500 },
    );
  });
});
