/** Every list that can be followed: its address, and how it is opened. A line here gives a list its three feeds. */

import { openEdition, openLatest } from '#feed/open-editions.ts';
import { openAuthor, openCategory, openOrganization } from '#feed/open-lists.ts';
import { openTrending, readTrendingChoice } from '#feed/open-trending.ts';
import { openCommentsOf, openUser } from '#feed/said.ts';
import type { SaidList } from '#feed/said.ts';
import { openSearch } from '#feed/open-search.ts';
import type { Searcher } from '#feed/search.ts';
import type { Moved, NamedList } from '#feed/named-list.ts';
import type { PageRequest } from '#feed/skeleton.ts';
import type { Publisher } from './feed.ts';

export interface Asked {
  /** Where the address has `:name`. */
  name: string;
  /** `?q=` */
  q: string;
  /** `?sort=` and `?period=`, of the trending lists. */
  sort: string | undefined;
  period: string | undefined;
  page: PageRequest;
}

type Open = (site: Publisher & Searcher, asked: Asked) => Promise<NamedList | SaidList | Moved>;

export const listsWithFeeds: Record<string, Open> = {
  '/papers': (site, { page }) => openLatest(site, page),
  '/papers/trending': (site, { sort, period, page }) => openTrending(site, readTrendingChoice(sort, period), page),
  '/papers/date/:name': (site, { name, page }) => openEdition(site, 'date', name, page),
  '/papers/week/:name': (site, { name, page }) => openEdition(site, 'week', name, page),
  '/papers/month/:name': (site, { name, page }) => openEdition(site, 'month', name, page),
  '/authors/:name': ({ db }, { name, page }) => openAuthor(db, name, page),
  '/categories/:name': ({ db }, { name, page }) => openCategory(db, name, page),
  '/organizations/:name': ({ db }, { name, page }) => openOrganization(db, name, page),
  '/papers/:name/comments': ({ db }, { name, page }) => openCommentsOf(db, name, page),
  '/users/:name': ({ db }, { name, page }) => openUser(db, name, page),
  '/search': (site, { q, page }) => openSearch(site, q, page),
};
