/** Years, months and days as searchers write them. */

import { addDays, isDay, monthRange } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';

/** Four digits, so that the days around them have four as well. */
const PERIOD = /^([1-9]\d{3})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const YEARS = /^([1-9]\d{3})(?:(?:-|–|\.\.)([1-9]\d{3}))?$/;

/** `2025`, `2025-06` or `2025-6`, `2025-06-15`: undefined for anything else, and for days that no calendar has. */
export function readPeriod(text: string): DayRange | undefined {
  const [, year, month, day] = PERIOD.exec(text) ?? [];
  if (year === undefined) return undefined;
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const paddedMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined) return monthRange(paddedMonth);
  const full = `${paddedMonth}-${day.padStart(2, '0')}`;
  return isDay(full) ? { first: full, last: full } : undefined;
}

/** `2025`, `2023-2025` or `2023..2025`, in either order. */
export function readYears(text: string): DayRange | undefined {
  const [, one, other = one] = YEARS.exec(text) ?? [];
  if (one === undefined || other === undefined) return undefined;
  const [from, to] = one <= other ? [one, other] : [other, one];
  return { first: `${from}-01-01`, last: `${to}-12-31` };
}

/** The shortest period that begins on this day. */
function printStart(day: Day): string {
  return day.endsWith('-01-01') ? day.slice(0, 4) : day.endsWith('-01') ? day.slice(0, 7) : day;
}

/** As operators; both ends belong to the range. */
export function printRange(from: Day | undefined, to: Day | undefined): string {
  if (from?.endsWith('-01-01') && to?.endsWith('-12-31')) {
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    return `year:${first === last ? first : `${first}-${last}`}`;
  }
  const operators: string[] = [];
  if (from !== undefined) operators.push(`after:${printStart(from)}`);
  if (to !== undefined) operators.push(`before:${printStart(addDays(to, 1))}`);
  return operators.join(' ');
}
