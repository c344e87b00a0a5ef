/** Takes over a day's listing: what is new today becomes papers, what was replaced is refreshed. */

import type { SourceContext } from '../context.ts';
import { addCounts, noCounts } from '../counts.ts';
import type { SourceCounts } from '../counts.ts';
import { findCursor, saveCursor } from '../cursors.ts';
import { saveDrafts } from '../save-drafts.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { findPapers } from '#papers/store.ts';
import { addDays, dayToEpoch } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { fetchListing } from './listing-feed.ts';
import type { FeedFormat } from './listing-feed.ts';
import { draftOf } from './listing-draft.ts';
import type { ListingItem } from './listing-item.ts';
import { feedNames } from './sets.ts';

export interface ListingOptions {
  /** OAI sets, as in ARXIV_SETS. */
  sets: readonly string[];
  format?: FeedFormat;
  signal?: AbortSignal | undefined;
}

export interface ListingOutcome {
  counts: SourceCounts;
  /** Day of the newest listing that was read; undefined if there was nothing new. */
  day: Day | undefined;
}

export function listingName(sets: readonly string[]): string {
  return `listing:${feedNames(sets).join('+')}`;
}

/** Saves a whole day in one transaction, so that no front page shows half of it. Safe to repeat. */
export async function ingestListing(context: SourceContext, options: ListingOptions): Promise<ListingOutcome> {
  const { db, clock } = context;
  const name = listingName(options.sets);
  const cursor = await findCursor(db, name);
  const { sets, ...rest } = options;
  const listing = await fetchListing(context, { ...rest, feeds: feedNames(sets), etag: cursor.etag });
  const counts = noCounts();
  if (listing === undefined) return { counts: { ...counts, pages: 1 }, day: undefined };
  const day = listing.items.reduce<Day | undefined>(
    (newest, item) => (newest !== undefined && newest > item.day ? newest : item.day),
    undefined,
  );
  const known = listing.items.filter((item) => item.type !== 'new').map((item) => item.id);
  await db.transaction().execute(async (trx) => {
    const stored = await findPapers(trx, known);
    const drafts = listing.items
      .filter((item) => isWanted(item, stored))
      .map((item) => draftOf(item, isOurNews(item, stored)));
    addCounts(counts, await saveDrafts(trx, drafts, clock.now()), listing.skipped);
    await saveCursor(trx, name, { ...cursor, etag: listing.etag, from_day: day ?? cursor.from_day }, clock.now());
  });
  counts.pages = listing.pages;
  return { counts, day };
}

/** A replacement is news only of a paper that we have; harvesting brings the others if they are wanted. */
function isWanted(item: ListingItem, stored: ReadonlyMap<PaperId, Paper>): boolean {
  return item.type === 'new' || item.type === 'cross' || stored.has(item.id);
}

/** A harvest in the days before may have brought a cross-listed paper ahead of its listing. */
const HEAD_START_DAYS = 3;

/** A cross-listed paper that has long been in our archive had its day; it is not announced again. */
function isOurNews(item: ListingItem, stored: ReadonlyMap<PaperId, Paper>): boolean {
  if (item.type !== 'cross') return item.type === 'new';
  const paper = stored.get(item.id);
  return paper === undefined || paper.firstSeenAt >= dayToEpoch(addDays(item.day, -HEAD_START_DAYS));
}
