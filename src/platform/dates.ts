/**
 * Dates as a newspaper prints them. Formatters are made once, because making one costs more than using it a thousand times,
 * and remember what they wrote: a page has ten dates, and most of them stood on the page before.
 */

import { dayToEpoch, epochToDay } from './day.ts';
import type { Day, DayRange } from './day.ts';

/** Thirty years. */
const MOST_DAYS = 11_000;

function formatter(options: Intl.DateTimeFormatOptions): (day: Day) => string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });
  const written = new Map<Day, string>();
  return (day) => {
    const known = written.get(day);
    if (known !== undefined) return known;
    if (written.size === MOST_DAYS) written.clear();
    const text = format.format(dayToEpoch(day));
    written.set(day, text);
    return text;
  };
}

/** `Tuesday, January 6, 2026` */
export const longDate = formatter({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
/** `January 6, 2026` */
export const fullDate = formatter({ year: 'numeric', month: 'long', day: 'numeric' });
/** `Jan 6, 2026` */
export const mediumDate = formatter({ year: 'numeric', month: 'short', day: 'numeric' });
/** `Jan 6` */
export const shortDate = formatter({ month: 'short', day: 'numeric' });
/** `January 2026` */
export const monthName = formatter({ year: 'numeric', month: 'long' });

const minute = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Of an instant in epoch milliseconds: `Jan 6, 2026, 12:30 PM UTC` */
export function exactTime(at: number): string {
  return `${minute.format(at).replaceAll('\u202F', ' ')} UTC`;
}

/** The day of an instant, in UTC: `Jan 6, 2026` */
export function dateOf(at: number): string {
  return mediumDate(epochToDay(at));
}

/** `Jan 5 – 11, 2026`, `Dec 29, 2025 – Jan 4, 2026` */
export function rangeDates({ first, last }: DayRange): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' });
  return format.formatRange(dayToEpoch(first), dayToEpoch(last)).replaceAll('\u2009', ' ');
}
