/** The trending lists as pages and feeds show them: opened by the parameters in their address. */

import { addDays } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import { trendingPath } from './addresses.ts';
import { newestEditionDay } from './edition.ts';
import { hydrateRows } from './hydrate.ts';
import type { NamedList } from './named-list.ts';
import type { Printing } from './open-editions.ts';
import type { PageRequest } from './skeleton.ts';
import { today } from './today.ts';
import { listTrending } from './trending.ts';
import type { TrendingSort } from './trending.ts';

/** In the order in which they are offered; `sort=` as Hugging Face's API calls the first two. */
export const trendingSorts: Record<TrendingSort, { label: string; about: string }> = {
  trending: { label: 'Trending', about: 'what people vote for and discuss now, against its age' },
  publishedAt: { label: 'Newest', about: 'the newest first' },
  upvotes: { label: 'Most upvoted', about: 'most upvotes first' },
  comments: { label: 'Most discussed', about: 'most comments first' },
};

export type TrendingPeriod = 'day' | 'week' | 'month' | 'all';

export const trendingPeriods: Record<TrendingPeriod, { label: string; about: string }> = {
  day: { label: 'Day', about: 'of the newest edition' },
  week: { label: 'Week', about: 'of the last seven days' },
  month: { label: 'Month', about: 'of the last thirty days' },
  all: { label: 'All time', about: 'of all time' },
};

export interface TrendingChoice {
  sort: TrendingSort;
  period: TrendingPeriod;
}

/** What the parameters of an address choose. Throws AppError 'invalid' for what is neither. */
export function readTrendingChoice(sort = 'trending', period = 'all'): TrendingChoice {
  if (!isKeyOf(trendingSorts, sort)) {
    throw invalid(
      `There is no order “${sort}”.`,
      `Orders are ${Object.keys(trendingSorts).join(', ')}: /papers/trending?sort=upvotes`,
    );
  }
  if (!isKeyOf(trendingPeriods, period)) {
    throw invalid(
      `There is no period “${period}”.`,
      `Periods are ${Object.keys(trendingPeriods).join(', ')}: /papers/trending?period=week`,
    );
  }
  return { sort, period };
}

function isKeyOf<Key extends string>(record: Record<Key, unknown>, text: string): text is Key {
  return Object.hasOwn(record, text);
}

/** Two queries, for a day three. */
export async function openTrending(
  printing: Printing,
  choice: TrendingChoice,
  page: PageRequest,
  viewerId?: string,
): Promise<NamedList> {
  const since = await firstDay(printing, choice.period);
  const { seqs, next } = await listTrending(printing.db, { sort: choice.sort, since }, page);
  const order = trendingSorts[choice.sort];
  const period = trendingPeriods[choice.period];
  return {
    path: trendingPath(choice),
    title: choice.period === 'all' ? `${order.label} papers` : `${order.label} papers ${period.about}`,
    about: `Papers ${period.about}: ${order.about}.`,
    cards: await hydrateRows(printing.db, seqs, viewerId),
    next,
  };
}

/** A day without papers shows the one before it, as the front page does. */
async function firstDay(printing: Printing, period: TrendingPeriod): Promise<Day | undefined> {
  const now = today(printing);
  switch (period) {
    case 'day':
      return (await newestEditionDay(printing.db, now)) ?? now;
    case 'week':
      return addDays(now, -6);
    case 'month':
      return addDays(now, -29);
    case 'all':
      return undefined;
  }
}
