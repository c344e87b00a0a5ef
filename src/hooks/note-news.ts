/**
 * Finds what each hook has to be told of and writes the messages down; they are sent from there. What is due is a query
 * over the lists and over what was told, so this can be run at any time, by any process, and be killed at any moment.
 */

import { makeId } from '#accounts/add-user.ts';
import { readIndexedChange } from '#search/index-due.ts';
import type { Db, Trx } from '#schema.ts';
import { addDelivery } from './delivery-store.ts';
import {
  closedEdition,
  editionNews,
  findMatches,
  firstDay,
  matchCards,
  matchNews,
  trendingNews,
  trendingNow,
} from './find-news.ts';
import type { ClosedEdition, NewsContext } from './find-news.ts';
import { eventId, GIVE_UP_MS } from './hook.ts';
import type { Hook } from './hook.ts';
import { deleteHook, listActiveHooks, listOrphans, listUntold, markTold, updateHook } from './hook-store.ts';
import type { News } from './news.ts';
import { writeMessage } from './write-message.ts';

type ActiveHook = Awaited<ReturnType<typeof listActiveHooks>>[number];

export async function noteNews(context: NewsContext, signal: AbortSignal): Promise<void> {
  const { db } = context;
  for (const id of await listOrphans(db)) await deleteHook(db, id);
  const hooks = await listActiveHooks(db);
  const follows = (event: Hook['events'][number]) => hooks.filter(({ events }) => events.includes(event));
  await noteTrending(context, follows('paper.trending'), signal);
  await noteMatches(context, follows('search.match'), signal);
  await noteEdition(context, follows('edition.daily'), signal);
}

async function noteTrending(context: NewsContext, hooks: readonly Hook[], signal: AbortSignal): Promise<void> {
  if (hooks.length === 0) return;
  const { db } = context;
  const first = await trendingNow(db);
  for (const hook of hooks) {
    if (signal.aborted) return;
    const cards = first(hook.top);
    const ids = cards.map(({ paper }) => paper.id);
    const told = { hookId: hook.id, kind: 'paper.trending' as const, at: context.clock.now() };
    const untold = await listUntold(db, told, ids);
    if (untold.size === 0) continue;
    await db.transaction().execute(async (trx) => {
      const fresh = await markTold(trx, told, [...untold]);
      const news = cards.filter(({ paper }) => fresh.has(paper.id));
      if (news.length > 0) await addMessage(trx, context, hook, trendingNews(context, news));
    });
  }
}

/** A search is asked again only when the index has learnt something. */
async function noteMatches(context: NewsContext, hooks: readonly ActiveHook[], signal: AbortSignal): Promise<void> {
  if (hooks.length === 0) return;
  const { db } = context;
  // Read before the search is asked, which may know more by then: what it knows more is looked at again.
  const change = await readIndexedChange(db);
  for (const hook of hooks) {
    if (signal.aborted) return;
    if (hook.search === '' || hook.searchedChange >= change) continue;
    const cards = await matchCards(db, await findMatches(context, hook));
    await db.transaction().execute(async (trx) => {
      const told = { hookId: hook.id, kind: 'search.match' as const, at: context.clock.now() };
      const ids = cards.map(({ paper }) => paper.id);
      const fresh = await markTold(trx, told, ids);
      const news = cards.filter(({ paper }) => fresh.has(paper.id));
      if (news.length > 0) await addMessage(trx, context, hook, matchNews(context, hook, news));
      await updateHook(trx, hook.id, { searched_change: change });
    });
  }
}

/** Of a server that was down for days only the newest edition is sent. */
async function noteEdition(context: NewsContext, hooks: readonly Hook[], signal: AbortSignal): Promise<void> {
  if (hooks.length === 0) return;
  const { db } = context;
  const edition: ClosedEdition | undefined = await closedEdition(context);
  if (edition === undefined || edition.cards.length === 0) return;
  for (const hook of hooks) {
    if (signal.aborted) return;
    if (edition.day < firstDay(context, hook)) continue;
    const told = { hookId: hook.id, kind: 'edition.daily' as const, at: context.clock.now() };
    if ((await listUntold(db, told, [edition.day])).size === 0) continue;
    await db.transaction().execute(async (trx) => {
      const fresh = await markTold(trx, told, [edition.day]);
      if (fresh.size > 0) await addMessage(trx, context, hook, editionNews(context, hook, edition));
    });
  }
}

/** Returns the message's id. */
export async function addMessage(
  db: Db | Trx,
  { clock, config, url }: NewsContext,
  hook: Hook,
  news: News,
): Promise<string> {
  const id = makeId();
  const now = clock.now();
  await addDelivery(db, {
    id,
    hook_id: hook.id,
    event_id: eventId(hook.id, news.kind, news.key),
    kind: news.kind,
    summary: news.heading,
    body: writeMessage(hook.format, news, { siteName: config.SITE_NAME, siteUrl: url }),
    created_at: now,
    give_up_at: now + GIVE_UP_MS,
  });
  return id;
}

/** What is there already is no news: a new hook, or one that was off, is not flooded. Within the transaction that makes it so. */
export async function tellNothingOld(
  trx: Trx,
  hook: Hook,
  trending: (top: number) => { paper: { id: string } }[],
  at: number,
): Promise<void> {
  if (!hook.events.includes('paper.trending')) return;
  const ids = trending(hook.top).map(({ paper }) => paper.id);
  await markTold(trx, { hookId: hook.id, kind: 'paper.trending', at }, ids);
}
