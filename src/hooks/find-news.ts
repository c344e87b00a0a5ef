/** What there is to tell of each kind of event, read from the lists that the pages show. */

import { editionPath, searchPath, trendingPath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import { describeEdition, newestEditionDay } from '#feed/edition.ts';
import { listEdition } from '#feed/edition-list.ts';
import { hydrate, hydrateRows } from '#feed/hydrate.ts';
import { today } from '#feed/today.ts';
import { listTrending } from '#feed/trending.ts';
import { whyHere } from '#feed/why-here.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { fullDate } from '#platform/dates.ts';
import { addDays, dayInZone } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { withSort } from '#search/query/edit.ts';
import { parseQuery } from '#search/query/parse.ts';
import type { Search } from '#search/search.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import type { Db } from '#schema.ts';
import { TOLD_MS, TOP } from './hook.ts';
import type { Hook } from './hook.ts';
import { listNewMatches } from './hook-store.ts';
import { papers } from './news.ts';
import type { News } from './news.ts';

export interface NewsContext {
  db: Db;
  clock: Clock;
  config: Config;
  search: Search;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
}

/** Matches that are looked at, the newest by date: an archive that is imported is no news. */
const MATCHES = 500;
/** Papers in one message at most; `total` says how many there are. */
const CARDS = 50;

/** The first of the trending list that people lifted there. One that nobody did anything with stands by its date alone: it is new, not trending. */
export async function trendingNow(db: Db): Promise<(top: number) => Card[]> {
  const { seqs } = await listTrending(db, { sort: 'trending' }, { limit: TOP.most });
  const cards = await hydrateRows(db, seqs);
  return (top) => cards.slice(0, top).filter(({ trending }) => trending?.parts !== undefined);
}

export function trendingNews({ clock, url }: NewsContext, cards: readonly Card[]): News {
  const [first] = cards;
  const heading =
    cards.length === 1 && first ? `Trending: ${texToPlain(first.paper.title)}` : `${papers(cards.length)} trending`;
  const key = cards
    .map(({ paper }) => paper.id)
    .toSorted()
    .join(' ');
  const common = { at: clock.now(), url: url + trendingPath(), total: cards.length };
  return { kind: 'paper.trending', key, heading, ...common, cards, why: whyHere };
}

/** Row numbers of the papers that match a hook's search and are new to it. */
export async function findMatches({ db, search, clock }: NewsContext, hook: Hook): Promise<number[]> {
  const query = withSort(parseQuery(hook.search), 'new');
  const { exact, papers: found } = await search.find({ query, limit: MATCHES, by: 'words' });
  if (!exact) return []; // those that are shown instead are only the closest
  return await listNewMatches(
    db,
    hook.id,
    Math.max(hook.since, clock.now() - TOLD_MS),
    found.map(({ seq }) => seq),
  );
}

/** All of them, so that each is remembered as told; a message has the first. */
export async function matchCards(db: Db, seqs: readonly number[]): Promise<Card[]> {
  return await hydrateRows(db, seqs);
}

export function matchNews({ clock, url }: NewsContext, { search }: Hook, cards: readonly Card[]): News {
  const total = cards.length;
  const key = cards
    .map(({ paper }) => paper.id)
    .toSorted()
    .join(' ');
  return {
    kind: 'search.match' as const,
    key,
    at: clock.now(),
    total,
    heading: `${total === 1 ? '1 new paper matches' : `${papers(total).replace(' ', ' new ')} match`} “${search}”`,
    url: url + searchPath(search),
    cards: cards.slice(0, CARDS),
    why: () => [`It matches the search “${search}”.`],
  };
}

export interface ClosedEdition {
  day: Day;
  total: number;
  cards: Card[];
}

/** The newest edition whose day has ended, so that nothing is added to it any more; undefined if there is none. */
export async function closedEdition(context: NewsContext): Promise<ClosedEdition | undefined> {
  const { db } = context;
  const now = today(context);
  const day = await newestEditionDay(db, addDays(now, -1));
  if (day === undefined) return undefined;
  const range = { first: day, last: day };
  const { ids } = await listEdition(db, range, { limit: TOP.most });
  const { count } = await describeEdition(db, range, now);
  return { day, total: count, cards: await hydrate(db, ids) };
}

/** The first edition that is news to a hook is that of the day on which it was made. */
export function firstDay({ config }: NewsContext, { since }: Hook): Day {
  return dayInZone(since, config.TIME_ZONE, config.ROLLOVER_HOUR);
}

export function editionNews({ clock, url }: NewsContext, { top }: Hook, { day, total, cards }: ClosedEdition): News {
  return {
    kind: 'edition.daily' as const,
    key: day,
    at: clock.now(),
    total,
    heading: `${papers(total)} of ${fullDate(day)}`,
    url: url + editionPath('date', day),
    cards: cards.slice(0, top),
    why: (card) => (card.votes > 0 ? whyHere(card).slice(0, 1) : []),
  };
}

/** What a test sends: the newest papers, so that its owner sees what will come. */
export async function testNews({ db, clock, url, config }: NewsContext, key: string): Promise<News> {
  const { seqs } = await listTrending(db, { sort: 'trending' }, { limit: 2 });
  const cards = await hydrateRows(db, seqs);
  return {
    kind: 'test' as const,
    key,
    at: clock.now(),
    total: cards.length,
    heading: `A test from ${config.SITE_NAME}`,
    url: `${url}/`,
    cards,
    why: whyHere,
  };
}
