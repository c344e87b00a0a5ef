/** A listing's item as a paper draft: the feed leaves out when a paper was submitted, which the calendar narrows down. */

import { scheduledListingDay } from '#papers/announcement.ts';
import { parseAuthors } from '#papers/authors.ts';
import { arxivMonth } from '#papers/ids.ts';
import { findLinks } from '#papers/links.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { addDays, monthRange } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import type { ListingItem } from './listing-item.ts';
import { saysWithdrawn } from './withdrawn.ts';

/** `announced`: whether the listing's day becomes the paper's. */
export function draftOf(item: ListingItem, announced: boolean): PaperDraft {
  const links = findLinks(item.abstract);
  const window = submissionWindow(item.day);
  // The month in an id is that in which it was given (https://info.arxiv.org/help/arxiv_identifier.html).
  const month = monthRange(arxivMonth(item.id) ?? '');
  // The store takes the earliest day it hears of, so the latest possible one is never in the way of the right one.
  const publishedOn = month && month.last < window.last ? month.last : window.last;
  // The other way round: a description that claims to be too new would keep a harvested one out.
  const updatedOn = item.type === 'cross' && month && month.first < window.first ? month.first : window.first;
  return {
    id: item.id,
    title: item.title,
    abstract: item.abstract,
    ...parseAuthors(item.creators),
    categories: item.categories,
    publishedOn,
    updatedOn,
    ...(item.license === undefined ? {} : { license: item.license }),
    ...(item.journalRef === undefined ? {} : { journalRef: item.journalRef }),
    ...(item.doi === null ? {} : { doi: item.doi }),
    ...(links.codeUrl === null ? {} : { codeUrl: links.codeUrl }),
    ...(links.projectUrl === null ? {} : { projectUrl: links.projectUrl }),
    ...(saysWithdrawn(undefined, item.abstract) ? { withdrawn: true } : {}),
    ...(announced && (item.type === 'new' || item.type === 'cross')
      ? { announcedOn: item.day, announceType: item.type }
      : {}),
  };
}

/** Longest time without a listing: the holidays around a new year's weekend. */
const LONGEST_BREAK_DAYS = 10;

/** The UTC days on which papers of a listing were submitted. */
function submissionWindow(listing: Day): DayRange {
  let last = addDays(listing, -1);
  for (let back = 1; back <= LONGEST_BREAK_DAYS && scheduledListingDay(last) > listing; back += 1)
    last = addDays(last, -1);
  let first = last;
  for (let back = 1; back <= LONGEST_BREAK_DAYS && scheduledListingDay(addDays(first, -1)) >= listing; back += 1)
    first = addDays(first, -1);
  // Submissions after the deadline (14:00 Eastern) of the day before belong to the window as well.
  return { first: addDays(first, -1), last };
}
