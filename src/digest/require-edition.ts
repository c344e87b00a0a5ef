/** Whether there is an edition that was asked for by its label: a typing error must not mail anybody. */

import { describeEdition, newestEditionDay } from '#feed/edition.ts';
import { today } from '#feed/today.ts';
import { longDate } from '#platform/dates.ts';
import { addDays, dayToEpoch, weekOf, weekRange } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { notFound } from '#platform/errors.ts';
import type { Press } from './press.ts';

/**
 * `label` is a day or a week (`editionOf`). Throws an AppError that names the nearest edition where it has no papers, or is
 * still to come. A week is there if any reader's is: those of who does not read on Mondays begin earlier.
 */
export async function requireEdition(press: Pick<Press, 'db' | 'clock' | 'config'>, label: string): Promise<void> {
  const week = weekRange(label);
  const range: DayRange =
    week === undefined ? { first: label, last: label } : { first: addDays(week.first, -6), last: week.last };
  const now = today(press);
  const { count, before, after } = await describeEdition(press.db, range, now);
  if (count > 0 && range.first <= now) return;
  const nearest = nearestTo(range, before, after) ?? (await newestEditionDay(press.db, now));
  if (nearest === undefined) throw notFound('There is no edition yet: no papers are here.');
  const near = week === undefined ? `${nearest} (${longDate(nearest)})` : weekOf(nearest);
  throw notFound(`There is no edition of ${label}: nothing is sent.`, { hint: `The nearest is ${near}.` });
}

function nearestTo({ first, last }: DayRange, before: Day | null, after: Day | null): Day | undefined {
  if (before === null || after === null) return before ?? after ?? undefined;
  return dayToEpoch(first) - dayToEpoch(before) <= dayToEpoch(after) - dayToEpoch(last) ? before : after;
}
