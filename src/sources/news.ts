/** Which papers get the day on which arXiv's calendar says that they were announced. */

import type { PaperDraft } from '#papers/paper.ts';
import { addDays } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';

/** Moderators hold papers back for days, and around a new year nothing is announced for up to ten. */
const NEWS_DAYS = 14;

/**
 * The draft, without its estimated day of announcement if its first version is more than 14 days older than `from`.
 * Whoever asks for what changed since a day also gets old papers, and each would print an edition of its own year.
 * Null stands for a list of everything, in which all are dated.
 */
export function datedIfNew(draft: PaperDraft, from: Day | null): PaperDraft {
  if (from === null || draft.publishedOn >= addDays(from, -NEWS_DAYS)) return draft;
  const { announcedOn: _, ...undated } = draft;
  return undated;
}
