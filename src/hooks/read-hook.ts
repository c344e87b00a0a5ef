/** What somebody typed about a hook, checked; problems are sentences that say what would be right. */

import { readSearch } from '#feed/read-search.ts';
import { AppError } from '#platform/errors.ts';
import { problemOfOutsideUrl, reachOf } from '#platform/http/outside-address.ts';
import { cleanQuery } from '#search/query/clean.ts';
import type { Db } from '#schema.ts';
import { hookEvents, hookFormats, TOP } from './hook.ts';
import type { Hook, HookEvent, HookFormat } from './hook.ts';

export interface TypedHook {
  url: string;
  format: string;
  events: readonly string[];
  search: string;
  top: string;
}

export type HookWish = Pick<Hook, 'url' | 'format' | 'events' | 'search' | 'top'>;

const URL_LENGTH = 2_000;

/** `allowed`: networks that may be reached although they are inside. At most two queries. */
export async function readHook(
  db: Db,
  allowed: readonly string[],
  typed: TypedHook,
): Promise<{ problem: string } | { wish: HookWish }> {
  const url = typed.url.trim();
  if (url.length > URL_LENGTH) return { problem: `An address has at most ${URL_LENGTH} characters.` };
  const problem = problemOfOutsideUrl(url, reachOf(allowed));
  if (problem !== undefined) return { problem };
  if (!Object.hasOwn(hookFormats, typed.format))
    return { problem: `Choose a format: ${Object.keys(hookFormats).join(', ')}.` };
  const events = (Object.keys(hookEvents) as HookEvent[]).filter((event) => typed.events.includes(event));
  const unknown = typed.events.find((event) => !Object.hasOwn(hookEvents, event));
  if (unknown !== undefined || events.length === 0)
    return { problem: `Choose what to be told of: ${Object.keys(hookEvents).join(', ')}.` };
  const top = Number(typed.top.trim() || TOP.usual);
  if (!Number.isInteger(top) || top < TOP.least || top > TOP.most)
    return { problem: `The first papers are a whole number from ${TOP.least} to ${TOP.most}.` };
  const search = events.includes('search.match') ? await readFollowed(db, typed.search) : { text: '' };
  if ('problem' in search) return search;
  return { wish: { url: new URL(url).href, format: typed.format as HookFormat, events, search: search.text, top } };
}

async function readFollowed(db: Db, typed: string): Promise<{ problem: string } | { text: string }> {
  const text = cleanQuery(typed);
  try {
    const meant = await readSearch(db, text);
    switch (meant.kind) {
      case 'nothing':
        return { problem: 'Say which search to follow, as you would type it: "mixture of experts" category:cs.LG' };
      case 'paper':
        return { problem: 'That search is for one paper, which there will be no second of. Search for words.' };
      case 'category':
        return { text: `category:${meant.name}` };
      case 'question': {
        const [unread] = meant.query.unread;
        if (unread !== undefined) return { problem: `${unread.text} ${unread.problem}` };
        return { text };
      }
    }
  } catch (error) {
    if (error instanceof AppError) return { problem: `${error.message} ${error.hint ?? ''}`.trim() };
    throw error;
  }
}
