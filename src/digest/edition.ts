/** Which edition a mail is of, and from which days its papers may be. Pure. */

import { addDays, dayInZone, isDay, weekOf, weekRange } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import type { NewPaper } from '#feed/new-papers.ts';
import { nextDue } from '#subscriptions/next-due.ts';
import type { Rhythm } from '#subscriptions/next-due.ts';

export interface MailEdition {
  /** `2026-01-06`, or `2026-W02`: a subscription gets each one once. */
  label: string;
  kind: 'daily' | 'weekly';
  /** The days whose papers it is of. */
  range: DayRange;
}

/** What trends is of the last week, as in the list of that name. */
const TRENDING_DAYS = 7;
/** What came in since somebody's last mail is new to them, if its own edition is not older than this. */
const LATE_DAYS = 14;
/** A new paper stands in the lists and in the index of the search some minutes after it was first seen at the latest. */
const LIST_LAG_MS = 10 * 60_000;

export function dailyEdition(day: Day): MailEdition {
  return { label: day, kind: 'daily', range: { first: day, last: day } };
}

/**
 * The seven days before the day on which the mail was due last, in the reader's own calendar: for Mondays the ISO week
 * that has just ended. It is named for the week of the last of them, so that mails that are seven days apart are never
 * of one week, whatever clocks do.
 */
export function weeklyEdition(rhythm: Rhythm, now: number): MailEdition {
  const due = addDays(dayInZone(nextDue(rhythm, now), rhythm.timeZone), -7);
  return weekEdition(weekOf(addDays(due, -1)), rhythm);
}

function weekEdition(label: string, { weekday }: Pick<Rhythm, 'weekday'>): MailEdition {
  const monday = weekRange(label)?.first ?? '';
  // Who reads on Mondays (1) has Sunday as the last day, who reads on Tuesdays Monday.
  const last = addDays(monday, (weekday + 5) % 7);
  return { label, kind: 'weekly', range: { first: addDays(last, -6), last } };
}

/** By its label, for a reader of that weekday. Throws AppError 'invalid' for what is no label. */
export function editionOf(label: string, reader: Pick<Rhythm, 'weekday'>): MailEdition {
  if (isDay(label)) return dailyEdition(label);
  if (weekRange(label) !== undefined) return weekEdition(label, reader);
  throw invalid(`“${label}” is neither a day nor a week.`, 'A day looks like 2026-01-06, a week like 2026-W02.');
}

/** The days that `isNewTo` may accept. */
export function candidateDays({ kind, range: { first, last } }: MailEdition): DayRange {
  return { first: kind === 'daily' ? addDays(last, 1 - LATE_DAYS) : addDays(first, -7), last };
}

/**
 * Whether a paper belongs into somebody's mail: it is of the edition, or it trends, or it came in only after their last
 * mail (epoch ms; undefined before the first), so that nobody misses what was late. Alerts do not tell of what trends.
 */
export function isNewTo(
  { day, trends, seenAt }: Pick<NewPaper, 'day' | 'trends' | 'seenAt'>,
  { kind, range: { first, last } }: MailEdition,
  { isAlert, lastMailAt }: { isAlert: boolean; lastMailAt: number | undefined },
): boolean {
  if (day > last) return false;
  if (day >= first) return true;
  if (kind === 'daily' && !isAlert && trends && day > addDays(last, -TRENDING_DAYS)) return true;
  return lastMailAt !== undefined && seenAt > lastMailAt - LIST_LAG_MS;
}
