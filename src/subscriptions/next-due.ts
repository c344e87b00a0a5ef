/** When a subscription's next mail is due, in the reader's own time. */

import type { Frequency } from './table.ts';

export interface Rhythm {
  frequency: Frequency;
  /** 1 is Monday, 7 Sunday; for weekly ones. */
  weekday: number;
  /** 0 to 23 in `timeZone`. */
  hour: number;
  /** IANA name. */
  timeZone: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No clock on earth is further from UTC, or ever was. */
const FURTHEST = 16 * HOUR;

/**
 * The first instant after `after` (both epoch ms) at which a mail is due. Where clocks go forward over the hour, it is
 * the first instant after the gap; an hour that comes twice counts once, the first time. A day that a zone leaves out
 * (Samoa had no December 30, 2011) has no daily mail; a weekly one comes right after it.
 */
export function nextDue(rhythm: Rhythm, after: number): number {
  requireRhythm(rhythm);
  const { frequency, weekday, hour, timeZone } = rhythm;
  const today = startOfDay(after + offsetAt(timeZone, after));
  // From yesterday on: what is due then may have been moved into today by a gap.
  for (let day = today - DAY; ; day += DAY) {
    if (frequency === 'weekly' && isoWeekday(day) !== weekday) continue;
    const due = firstAt(timeZone, day + hour * HOUR);
    if (due <= after) continue;
    if (frequency === 'weekly' || exists(timeZone, day, due)) return due;
  }
}

/** `nextDue` of many after one instant: most of those that are due together have the same rhythm. */
export function nextDueAfter(after: number): (rhythm: Rhythm) => number {
  const reckoned = new Map<string, number>();
  return (rhythm) => {
    const { frequency, weekday, hour, timeZone } = rhythm;
    const key = `${frequency} ${weekday} ${hour} ${timeZone}`;
    const due = reckoned.get(key) ?? nextDue(rhythm, after);
    reckoned.set(key, due);
    return due;
  };
}

/** Throws where a row says what no clock shows, which only a hand can have written: a weekday that never comes, a zone. */
export function requireRhythm({ frequency, weekday, hour, timeZone }: Rhythm): void {
  const isWithin = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (frequency !== 'daily' && !isWithin(weekday, 1, 7)) throw new RangeError(`${weekday} is no weekday from 1 to 7`);
  if (!isWithin(hour, 0, 23)) throw new RangeError(`${hour} is no hour from 0 to 23`);
  clockOf(timeZone);
}

/** Days are given as the midnight that UTC has on them. */
function startOfDay(local: number): number {
  return Math.floor(local / DAY) * DAY;
}

function isoWeekday(day: number): number {
  return new Date(day).getUTCDay() || 7;
}

function exists(timeZone: string, day: number, due: number): boolean {
  const isOn = (instant: number) => startOfDay(instant + offsetAt(timeZone, instant)) === day;
  return isOn(due) || isOn(firstAt(timeZone, day));
}

/** The first instant at which clocks of the zone show `local` or later. `local`: as if the zone were UTC. */
function firstAt(timeZone: string, local: number): number {
  let from = local - FURTHEST;
  for (;;) {
    const offset = offsetAt(timeZone, from);
    const due = local - offset;
    if (offsetAt(timeZone, due) === offset) return due;
    const change = nextChange(timeZone, from, due);
    if (change + offsetAt(timeZone, change) >= local) return change;
    from = change;
  }
}

/** When the offset that holds at `from` ends; it no longer holds at `to`. */
function nextChange(timeZone: string, from: number, to: number): number {
  const before = offsetAt(timeZone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** What clocks of the zone show more than UTC, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  const seconds = Math.floor(instant / 1000) * 1000;
  const shown: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(seconds)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

/** Making one takes longer than asking it a hundred times. There are some six hundred zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const numeric = 'numeric' as const;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  clocks.set(timeZone, clock);
  return clock;
}
