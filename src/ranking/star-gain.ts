/** How fast a paper's code gathers stars, from the daily readings. Pure. */

import { dayToEpoch } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { MS_PER_DAY } from './signals.ts';
import type { StarGain } from './signals.ts';

/** A week, so that a quiet Sunday does not look like the end. */
const WINDOW_DAYS = 7;

/** `readings` oldest first. Undefined where there are not two of them yet: stars that were there before say nothing. */
export function starGain(readings: readonly { day: Day; stars: number }[]): StarGain | undefined {
  const newest = readings.at(-1);
  if (newest === undefined) return undefined;
  const at = dayToEpoch(newest.day);
  const oldest = readings.find(({ day }) => dayToEpoch(day) >= at - WINDOW_DAYS * MS_PER_DAY);
  if (oldest === undefined || oldest === newest) return undefined;
  const days = (at - dayToEpoch(oldest.day)) / MS_PER_DAY;
  return { perDay: Math.max(0, Math.round((newest.stars - oldest.stars) / days)), at };
}
