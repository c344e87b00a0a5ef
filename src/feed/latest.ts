/** Everything up to today, day after day: the edition of each as it is printed, the newest first. */

import { addDays } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor } from './cursor.ts';
import { announcedEntries, markOf, submittedEntries } from './edition.ts';
import type { EditionEntry } from './edition.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

/** Before any paper. */
const FIRST_DAY: Day = '0001-01-01';

/**
 * Begins with the front page and goes on where that ends, so that who looks in once in some days misses nothing; a
 * paper stands in it once. Two queries.
 */
export async function listLatest(db: Db, today: Day, { limit, after }: PageRequest): Promise<Skeleton> {
  const cursor = after === undefined ? undefined : decodeCursor(cursors.days, after);
  const all = { first: FIRST_DAY, last: today };
  // What was submitted for a day stands before what was announced on it: either mark tells where the other part goes on.
  const submittedIn = cursor?.[0] === 'a' ? upTo(addDays(cursor[1], -1), all) : all;
  const announcedIn = cursor?.[0] === 's' ? upTo(cursor[1], all) : all;
  const [submitted, announced] = await Promise.all([
    submittedEntries(db, submittedIn, cursor?.[0] === 's' ? cursor : undefined, limit + 1),
    announcedEntries(db, announcedIn, cursor?.[0] === 'a' ? cursor : undefined, limit + 1, all),
  ]);
  return cutPage(byDay(submitted, announced), limit, ({ id }) => id, markOf);
}

function upTo(day: Day, { first, last }: DayRange): DayRange {
  return { first, last: day < last ? day : last };
}

/** Both are in order by themselves. */
function byDay(submitted: readonly EditionEntry[], announced: readonly EditionEntry[]): EditionEntry[] {
  return [...submitted, ...announced].toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? 1 : -1));
}
