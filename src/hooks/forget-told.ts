/** Forgets what hooks were told of long ago, where it would not be told again as the same news. */

import { newestEditionDay } from '#feed/edition.ts';
import { today } from '#feed/today.ts';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { addDays } from '#platform/day.ts';
import { trendingNow } from './find-news.ts';
import type { NewsContext } from './find-news.ts';
import { TOLD_MS, TOP } from './hook.ts';

/**
 * A paper that still trends stays told, and so does the newest edition: a site that nobody has fed for months is not
 * full of news. Matches are news for as long as they are remembered (`listNewMatches`).
 */
export async function forgetTold(context: Pick<NewsContext, 'db' | 'clock' | 'config'>): Promise<void> {
  const { db, clock } = context;
  const old = db.deleteFrom('hook_told').where('told_at', '<', clock.now() - TOLD_MS);
  await old.where('kind', '=', 'search.match').execute();
  const trending = (await trendingNow(db))(TOP.most).map(({ paper }) => paper.id);
  await old
    .where('kind', '=', 'paper.trending')
    .where((e) => e.not(inList(dialectOf(db), 'subject', trending)))
    .execute();
  const newest = await newestEditionDay(db, addDays(today(context), -1));
  if (newest !== undefined) await old.where('kind', '=', 'edition.daily').where('subject', '<', newest).execute();
}
