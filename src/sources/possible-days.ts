/** Refuses days on which no paper can have appeared: one of the year 9999 would stand at the head of every list. */

import type { PaperDraft } from '#papers/paper.ts';
import { addDays, epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';

/** arXiv opened in August 1991, but dates some of its papers by their first printing, and other sources are older. */
const EARLIEST: Day = '1900-01-01';

/** Tomorrow, since half of the world is ahead of UTC. */
export function latestDay(now: number): Day {
  return addDays(epochToDay(now), 1);
}

/** Throws an AppError that names the day and what would be right. */
export function refuseImpossibleDays(days: readonly Day[], latest: Day): void {
  // Years of more than four digits begin with a sign, which sorts before digits.
  const wrong = days.find((day) => day < EARLIEST || day > latest);
  if (wrong !== undefined)
    throw invalid(`no paper can be from ${wrong}, only from ${EARLIEST} to ${latest} (tomorrow)`);
}

/** Every day that a source states; that of the announcement is our own estimate, and may lie some days ahead. */
export function statedDays({ publishedOn, updatedOn = publishedOn, versions = [] }: PaperDraft): Day[] {
  return [publishedOn, updatedOn, ...versions.map(({ at }) => epochToDay(at))];
}
