/** arXiv's announcement calendar: on which day's listing a submission is due to appear. */

import { dayToEpoch, epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Submissions until 14:00 US Eastern go into that day's announcement (info.arxiv.org/help/availability). */
const DEADLINE_HOUR = 14;
const FRIDAY = 5;

/** Evenings without an announcement: the holidays that info.arxiv.org/help/availability has published. */
const HOLIDAYS = new Set([
  '2023-01-16',
  '2023-06-14',
  '2023-06-19',
  '2023-07-04',
  '2023-09-04',
  '2023-11-23',
  '2023-12-25',
  '2023-12-27',
  '2026-01-01',
  '2026-01-19',
  '2026-06-19',
  '2026-07-03',
  '2026-09-07',
  '2026-11-26',
  '2026-12-25',
  '2026-12-29',
  '2026-12-31',
]);

/** Deadline day (days since 1970) → listing day. An import asks for the same few thousand again and again. */
const listings = new Map<number, Day>();
/** Year → first and last instant of daylight saving time. */
const summers = new Map<number, readonly [number, number]>();

/**
 * The listing day of a paper whose first version came at this instant (epoch milliseconds), or before the
 * deadline of this day. Announcements are at 20:00 Eastern, Sunday to Thursday, and carry the next day's date.
 * A forecast: moderation may hold a paper back, and years before 2023 are counted without holidays.
 */
export function scheduledListingDay(firstVersion: number | Day): Day {
  const deadline =
    typeof firstVersion === 'string'
      ? dayToEpoch(firstVersion) / DAY_MS
      : Math.floor((firstVersion + easternOffset(firstVersion) + (24 - DEADLINE_HOUR) * HOUR_MS) / DAY_MS);
  const known = listings.get(deadline);
  if (known !== undefined) return known;
  const day = listingAfter(deadline);
  listings.set(deadline, day);
  return day;
}

/** `deadline` in days since 1970. */
function listingAfter(deadline: number): Day {
  for (let day = deadline; ; day += 1) {
    const weekday = weekdayOf(day);
    if (weekday === 0 || weekday > FRIDAY) continue;
    // What made the deadline of Friday is announced on Sunday evening.
    const evening = weekday === FRIDAY ? day + 2 : day;
    if (!HOLIDAYS.has(epochToDay(evening * DAY_MS))) return epochToDay((evening + 1) * DAY_MS);
  }
}

/** Milliseconds that US Eastern is ahead of UTC (below zero). `Intl` would take 100 times as long. */
function easternOffset(instant: number): number {
  const [start, end] = summerOf(new Date(instant).getUTCFullYear());
  return (instant >= start && instant < end ? -4 : -5) * HOUR_MS;
}

/** Uniform Time Act as amended in 1986 and 2005; clocks change at 02:00 local time. */
function summerOf(year: number): readonly [number, number] {
  const known = summers.get(year);
  if (known) return known;
  const late = year >= 2007;
  const first = sundayFrom(year, late ? 2 : 3, late ? 8 : 1); // second Sunday of March; first of April
  const last = sundayFrom(year, late ? 10 : 9, late ? 1 : 25); // first Sunday of November; last of October
  const summer = [first + 7 * HOUR_MS, last + 6 * HOUR_MS] as const;
  summers.set(year, summer);
  return summer;
}

/** UTC midnight of the first Sunday on or after a day; `month` from 0. */
function sundayFrom(year: number, month: number, day: number): number {
  const from = Date.UTC(year, month, day) / DAY_MS;
  return (from + ((7 - weekdayOf(from)) % 7)) * DAY_MS;
}

/** 0 is Sunday; day 0 of 1970 was a Thursday. */
function weekdayOf(daysSince1970: number): number {
  return (((daysSince1970 + 4) % 7) + 7) % 7;
}
