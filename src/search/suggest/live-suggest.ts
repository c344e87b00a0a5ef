/** The index of titles and names: built in the background, by a server when it starts, then following the papers. */

import { setImmediate } from 'node:timers/promises';
import { decodeAuthors } from '#papers/merge.ts';
import type { Db } from '#schema.ts';
import { addPaper, createSuggestIndex, invertAll, removePaper } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';

/** Papers a step: some 6 ms, after which other requests have their turn. */
const STEP = 128;
/** Papers that were replaced or hidden stay in the index; when there are as many as there are others, it is built anew. */
const MOST_REPLACED = 2;

export interface LiveSuggestIndex {
  /**
   * Undefined until it was built. Then it holds what was saved before the call, unless that is more than a step, which
   * is read in the background. One small query when nothing is new. A database of one step is built at once.
   */
  current(): Promise<SuggestIndex | undefined>;
  /** Resolves when it holds all that was saved before the call. */
  complete(): Promise<SuggestIndex>;
}

interface Following {
  index: SuggestIndex;
  papers: number;
  watermark: number;
}

function fromNothing(): Following {
  return { index: createSuggestIndex(), papers: 0, watermark: 0 };
}

export function followTitles(db: Db): LiveSuggestIndex {
  let state = fromNothing();
  let ready: SuggestIndex | undefined;
  let following: Promise<void> | undefined;
  /** One step that askers wait for; never beside `following`. */
  let stepping: Promise<boolean> | undefined;
  const invertInTurns = inverter();

  async function follow(): Promise<void> {
    while (!(await step(db, state))) await setImmediate();
    if (!isWorn(state)) {
      await invertInTurns(state.index);
      ready = state.index;
      return;
    }
    // Until the new one is built, the old one answers.
    state = fromNothing();
    await follow();
  }

  function begin(): Promise<void> {
    following ??= follow().finally(() => (following = undefined));
    return following;
  }

  return {
    async current() {
      if (following === undefined) {
        stepping ??= step(db, state).finally(() => (stepping = undefined));
        if ((await stepping) && !isWorn(state)) {
          // What is not yet in the lists is read one by one meanwhile, also if they cannot be made.
          invertInTurns(state.index).catch(() => undefined);
          return (ready = state.index);
        }
      }
      // Where the database fails, the whole words that are looked for meanwhile fail too, and say so.
      begin().catch(() => undefined);
      return ready;
    },
    async complete() {
      await stepping;
      await begin();
      return ready ?? state.index;
    },
  };
}

/** Whether that was all. */
async function step(db: Db, state: Following): Promise<boolean> {
  const rows = await listTitles(db, state.watermark);
  state.papers += takeRows(state.index, rows);
  state.watermark = rows.at(-1)?.change_no ?? state.watermark;
  return rows.length < STEP;
}

function isWorn({ index, papers }: Following): boolean {
  return index.titles.size > MOST_REPLACED * (papers + STEP);
}

/** Has the lists of an index brought up to date, once for all who want it meanwhile. */
export function inverter(): (index: SuggestIndex) => Promise<void> {
  const inverting = new Map<SuggestIndex, Promise<void>>();
  return async (index) => {
    const making = inverting.get(index) ?? inTurns(invertAll(index)).finally(() => inverting.delete(index));
    inverting.set(index, making);
    await making;
  };
}

/** One step in each turn of the event loop. */
async function inTurns(steps: Iterable<undefined>): Promise<void> {
  for (const _ of steps) await setImmediate();
}

/** By how many papers there are more in it. */
function takeRows(index: SuggestIndex, rows: Awaited<ReturnType<typeof listTitles>>): number {
  let more = 0;
  for (const { seq, title, authors, published_on, hidden_at } of rows) {
    if (hidden_at !== null) {
      if (removePaper(index, seq)) more--;
      continue;
    }
    if ((index.numbers[seq] ?? 0) === 0) more++;
    addPaper(index, { seq, title, authors: decodeAuthors(authors), published_on });
  }
  return more;
}

async function listTitles(db: Db, after: number) {
  return await db
    .selectFrom('papers')
    .select(['seq', 'change_no', 'title', 'authors', 'published_on', 'hidden_at'])
    .where('change_no', '>', after)
    .orderBy('change_no')
    .limit(STEP)
    .execute();
}
