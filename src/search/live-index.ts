/** The indexes of a database in memory, and how they follow what this and other processes write. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import { addEntries, createCatalog } from './catalog.ts';
import { countEntries, listEntries } from './entries.ts';
import type { Indexes } from './filter.ts';
import { followWrites } from './follow-writes.ts';
import { addPapers, createLexicalIndex } from './lexical/lexical-index.ts';
import type { Current, SavedIndex } from './saved/saved.ts';

/** Papers a step: some 20 ms, after which other requests have their turn. */
const STEP = 1024;

/** Papers that were replaced stay in the index; when there are as many as there are others, it is built anew beside. */
const MOST_REPLACED = 2;
/** A start does it sooner, rather than read more of them from a file each time. */
const MOST_REPLACED_SAVED = 1.25;

export interface LiveIndexes {
  /** Up to date with what was indexed before the call. Next to nothing when nothing was written. */
  current(): Promise<Indexes>;
  /** Saves them as they are, if there is something to save; whether it was. */
  save(): Promise<boolean>;
}

interface Following {
  indexes: Indexes;
  watermark: number;
}

function fromNothing(): Following {
  return { indexes: { lexical: createLexicalIndex(), catalog: createCatalog() }, watermark: 0 };
}

export function followEntries(db: Db, saved?: SavedIndex<Indexes>): LiveIndexes {
  let state: Following | undefined;
  let rebuilding: Promise<void> | undefined;

  async function open(): Promise<Following> {
    const kept = await saved?.load();
    return kept === undefined ? fromNothing() : { indexes: kept.index, watermark: kept.changeNo };
  }

  async function follow(): Promise<void> {
    state ??= await open();
    let followed: Following;
    do {
      followed = state;
      await readOn(db, followed);
    } while (followed !== state);
    if (!isWorn(state.indexes, MOST_REPLACED)) return;
    rebuilding ??= rebuild(state).finally(() => (rebuilding = undefined));
    // If the database fails, the old ones answer on, and the next to come tries again.
    rebuilding.catch(() => undefined);
  }

  /** Until the new ones are built, the old ones answer and go on. */
  async function rebuild(old: Following): Promise<void> {
    const fresh = fromNothing();
    do await readOn(db, fresh);
    while (fresh.watermark < old.watermark);
    state = fresh;
  }

  const upToDate = followWrites(db, follow);
  return {
    async current() {
      await upToDate();
      return (state as Following).indexes;
    },
    save: async () => state !== undefined && saved !== undefined && (await saved.save(currentOf(db, state))),
  };
}

/** Brings the indexes up to date. */
async function readOn(db: Db, following: Following): Promise<void> {
  const { lexical, catalog } = following.indexes;
  for (;;) {
    const rows = await listEntries(db, following.watermark, STEP);
    addPapers(
      lexical,
      rows.map(({ seq, terms }) => ({ seq, packed: terms })),
      rows.length < STEP,
    );
    addEntries(catalog, rows);
    following.watermark = rows.at(-1)?.change_no ?? following.watermark;
    if (rows.length < STEP) return;
    await setImmediate();
  }
}

function currentOf(db: Db, following: Following): Current<Indexes> {
  const { indexes, watermark } = following;
  return {
    index: indexes,
    changeNo: watermark,
    papers: indexes.lexical.papers,
    countSince: async (changeNo) => await countEntries(db, changeNo),
    isWorn: isWorn(indexes, MOST_REPLACED_SAVED),
    isStill: () => following.watermark === watermark,
  };
}

function isWorn({ lexical }: Indexes, most: number): boolean {
  return lexical.count > most * (lexical.papers + STEP);
}
