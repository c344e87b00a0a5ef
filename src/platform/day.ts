/** Calendar arithmetic on `YYYY-MM-DD` days, ISO weeks and months. Pure, proleptic Gregorian, no time zones. */

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

const DAY_MS = 86_400_000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const WEEK_PATTERN = /^(\d{4})-W(\d{2})$/;
const MONTH_PATTERN = /^(\d{4})-(\d{2})$/;

/** Both ends belong to the range. */
export interface DayRange {
  first: Day;
  last: Day;
}

/** Epoch milliseconds of the day's UTC midnight. The day must be valid. */
export function dayToEpoch(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The UTC day that holds this instant. */
export function epochToDay(epochMilliseconds: number): Day {
  return new Date(epochMilliseconds).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  if (!DAY_PATTERN.test(text)) return false;
  const epoch = dayToEpoch(text);
  return Number.isFinite(epoch) && epochToDay(epoch) === text;
}

export function addDays(day: Day, count: number): Day {
  return epochToDay(dayToEpoch(day) + count * DAY_MS);
}

/** 0 is Sunday, as in `Date`. */
export function weekday(day: Day): number {
  return new Date(dayToEpoch(day)).getUTCDay();
}

/** The day at `epochMilliseconds` in `timeZone` (IANA), where a new day starts at `rolloverHour`. */
export function dayInZone(epochMilliseconds: number, timeZone: string, rolloverHour = 0): Day {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return format.format(epochMilliseconds - rolloverHour * 3_600_000);
}

/** ISO 8601 week of a day: `2026-W02`. Weeks start on Monday and belong to the year of their Thursday. */
export function weekOf(day: Day): string {
  const thursday = addDays(day, 4 - (weekday(day) || 7));
  const year = thursday.slice(0, 4);
  const days = (dayToEpoch(thursday) - dayToEpoch(`${year}-01-01`)) / DAY_MS;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** Monday to Sunday of an ISO week, or undefined if there is no such week (`2025-W53`). */
export function weekRange(week: string): DayRange | undefined {
  const match = WEEK_PATTERN.exec(week);
  if (!match) return undefined;
  const fourth = `${match[1]}-01-04`; // January 4 always lies in week 1 (ISO 8601)
  const monday = addDays(fourth, 1 - (weekday(fourth) || 7) + (Number(match[2]) - 1) * 7);
  return weekOf(monday) === week ? { first: monday, last: addDays(monday, 6) } : undefined;
}

/** First to last day of a month, or undefined if there is no such month. */
export function monthRange(month: string): DayRange | undefined {
  if (!MONTH_PATTERN.test(month) || !isDay(`${month}-01`)) return undefined;
  const first = `${month}-01`;
  const next = new Date(dayToEpoch(first));
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { first, last: epochToDay(next.getTime() - DAY_MS) };
}
