/** The indexes of a database in memory, and how they follow what this and other processes write. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import { addEntries, createCatalog } from './catalog.ts';
import { countEntries, listEntries } from './entries.ts';
import type { Indexes } from './filter.ts';
import { followWrites } from './follow-writes.ts';
import { addPapers, createLexicalIndex } from './lexical/lexical-index.ts';
import type { SavedIndex } from './saved/saved.ts';

/** Papers a step: some 20 ms, after which other requests have their turn. */
const STEP = 1024;

/** Papers that were replaced stay in the index; when there are as many as there are others, it is built anew. */
const MOST_REPLACED = 2;
/** A start does it sooner, rather than read more of them from a file each time. */
const MOST_REPLACED_SAVED = 1.25;

export interface LiveIndexes {
  /** Up to date with what was indexed before the call. Next to nothing when nothing was written. */
  current(): Promise<Indexes>;
  /** Saves them as they are, if there is something to save; whether it was. */
  save(): Promise<boolean>;
}

export function followEntries(db: Db, saved?: SavedIndex<Indexes>): LiveIndexes {
  let indexes: Indexes | undefined;
  let watermark = 0;
  /** How often papers were added. */
  let steps = 0;

  function fromNothing(): Indexes {
    watermark = 0;
    return { lexical: createLexicalIndex(), catalog: createCatalog() };
  }

  async function open(): Promise<Indexes> {
    const kept = await saved?.load();
    if (kept === undefined) return fromNothing();
    watermark = kept.changeNo;
    return kept.index;
  }

  async function follow(): Promise<void> {
    indexes ??= await open();
    for (;;) {
      const rows = await listEntries(db, watermark, STEP);
      if (rows.length > 0) steps++;
      addPapers(
        indexes.lexical,
        rows.map(({ seq, terms }) => ({ seq, packed: terms })),
        rows.length < STEP,
      );
      addEntries(indexes.catalog, rows);
      watermark = rows.at(-1)?.change_no ?? watermark;
      if (rows.length < STEP) break;
      await setImmediate();
    }
    if (isWorn(indexes, MOST_REPLACED)) {
      indexes = fromNothing();
      await follow();
    }
  }

  const upToDate = followWrites(db, follow);
  return {
    async current() {
      await upToDate();
      return indexes as Indexes;
    },
    async save() {
      if (indexes === undefined || saved === undefined) return false;
      const at = steps;
      return await saved.save({
        index: indexes,
        changeNo: watermark,
        papers: indexes.lexical.papers,
        countSince: async (changeNo) => await countEntries(db, changeNo),
        isWorn: isWorn(indexes, MOST_REPLACED_SAVED),
        isStill: () => steps === at,
      });
    },
  };
}

function isWorn({ lexical }: Indexes, most: number): boolean {
  return lexical.count > most * (lexical.papers + STEP);
}
