/** Forgets what hooks were told of long ago, where it would not be told again as the same news. */

import { newestEditionDay } from '#feed/edition.ts';
import { today } from '#feed/today.ts';
import { addDays } from '#platform/day.ts';
import { trendingNow } from './find-news.ts';
import type { NewsContext } from './find-news.ts';
import { deleteTold } from './hook-store.ts';
import { TOLD_MS, TOP } from './hook.ts';

/**
 * A paper that still trends stays told, and so does the newest edition: a site that nobody has fed for months is not
 * full of news. Matches are news for as long as they are remembered (`listNewMatches`).
 */
export async function forgetTold(context: Pick<NewsContext, 'db' | 'clock' | 'config'>): Promise<void> {
  const { db, clock } = context;
  const before = clock.now() - TOLD_MS;
  const newest = await newestEditionDay(db, addDays(today(context), -1));
  const trending = (await trendingNow(db))(TOP.most).map(({ paper }) => paper.id);
  await deleteTold(db, 'search.match', { before, except: [] });
  await deleteTold(db, 'paper.trending', { before, except: trending });
  await deleteTold(db, 'edition.daily', { before, except: newest === undefined ? [] : [newest] });
}
