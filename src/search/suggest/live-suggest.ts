/** The index of titles and names: built in the background, by a server when it starts, then following the papers. */

import { setImmediate } from 'node:timers/promises';
import { decodeAuthors } from '#papers/merge.ts';
import type { Db } from '#schema.ts';
import type { Current, SavedIndex } from '../saved/saved.ts';
import { addPaper, createSuggestIndex, invertAll, removePaper } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';
import type { Titles } from './suggest-shape.ts';

/** Papers a step: some 6 ms, after which other requests have their turn. */
const STEP = 128;
/** Papers that were replaced or hidden stay in the index; when there are as many as there are others, it is built anew. */
const MOST_REPLACED = 2;
/** A start does it sooner, rather than read more of them from a file each time. */
const MOST_REPLACED_SAVED = 1.25;

export interface LiveSuggestIndex {
  /**
   * Undefined until it was built. Then it holds what was saved before the call, unless that is more than a step, which
   * is read in the background. One small query when nothing is new. A database of one step is built at once.
   */
  current(): Promise<SuggestIndex | undefined>;
  /** Resolves when it holds all that was saved before the call. */
  complete(): Promise<SuggestIndex>;
  /** Saves it as it is, if there is something to save; whether it was. */
  save(): Promise<boolean>;
}

interface Following extends Titles {
  watermark: number;
}

function fromNothing(): Following {
  return { index: createSuggestIndex(), papers: 0, watermark: 0 };
}

export function followTitles(db: Db, saved?: SavedIndex<Titles>): LiveSuggestIndex {
  let state = fromNothing();
  let ready: SuggestIndex | undefined;
  let following: Promise<void> | undefined;
  /** One step that askers wait for; never beside `following`. */
  let stepping: Promise<boolean> | undefined;
  const invertInTurns = inverter();

  const opened = once(async () => {
    const kept = await saved?.load();
    if (kept !== undefined) state = { ...kept.index, watermark: kept.changeNo };
  });

  async function follow(): Promise<void> {
    await opened();
    while (!(await step(db, state))) await setImmediate();
    if (!isWorn(state, MOST_REPLACED)) {
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
        stepping ??= opened()
          .then(async () => await step(db, state))
          .finally(() => (stepping = undefined));
        if ((await stepping) && !isWorn(state, MOST_REPLACED)) {
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
    save: async () => saved !== undefined && ready === state.index && (await saved.save(currentOf(db, state))),
  };
}

function currentOf(db: Db, state: Following): Current<Titles> {
  const { index, papers, watermark } = state;
  const lists = listsOf(index);
  return {
    index: { index, papers },
    changeNo: watermark,
    papers,
    countSince: async (changeNo) => await countChanged(db, changeNo),
    isWorn: isWorn(state, MOST_REPLACED_SAVED),
    isStill: () => state.watermark === watermark && lists.every((list, at) => list === listsOf(index)[at]),
  };
}

/** Those that `invertAll` exchanges, also when no paper comes. */
function listsOf({ byWord, byBeginning, authorsByWord }: SuggestIndex): unknown[] {
  return [byWord, byBeginning, authorsByWord];
}

/** Done once, for all who want it meanwhile and later; again if it failed. */
function once(work: () => Promise<void>): () => Promise<void> {
  let doing: Promise<void> | undefined;
  return async () => {
    doing ??= work();
    await doing.catch((error: unknown) => {
      doing = undefined;
      throw error;
    });
  };
}

/** Whether that was all. */
async function step(db: Db, state: Following): Promise<boolean> {
  const rows = await listTitles(db, state.watermark);
  state.papers += takeRows(state.index, rows);
  state.watermark = rows.at(-1)?.change_no ?? state.watermark;
  return rows.length < STEP;
}

function isWorn({ index, papers }: Titles, most: number): boolean {
  return index.titles.size > most * (papers + STEP);
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

async function countChanged(db: Db, after: number): Promise<number> {
  const { papers } = await db
    .selectFrom('papers')
    .select((e) => e.fn.countAll<number>().as('papers'))
    .where('change_no', '>', after)
    .executeTakeFirstOrThrow();
  return papers;
}
