/** The indexes of a database in memory, and how they follow what this and other processes write. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import { addEntries, createCatalog } from './catalog.ts';
import { listEntries } from './entries.ts';
import type { Indexes } from './filter.ts';
import { followWrites } from './follow-writes.ts';
import { addPapers, createLexicalIndex } from './lexical/lexical-index.ts';

/** Papers a step: some 20 ms, after which other requests have their turn. */
const STEP = 1024;

/** Papers that were replaced stay in the index; when there are as many as there are others, it is built anew. */
const MOST_REPLACED = 2;

export interface LiveIndexes {
  /** Up to date with what was indexed before the call. Next to nothing when nothing was written. */
  current(): Promise<Indexes>;
}

export function followEntries(db: Db): LiveIndexes {
  let indexes: Indexes = { lexical: createLexicalIndex(), catalog: createCatalog() };
  let watermark = 0;

  async function follow(): Promise<void> {
    for (;;) {
      const rows = await listEntries(db, watermark, STEP);
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
    if (indexes.lexical.count > MOST_REPLACED * (indexes.lexical.papers + STEP)) {
      indexes = { lexical: createLexicalIndex(), catalog: createCatalog() };
      watermark = 0;
      await follow();
    }
  }

  const upToDate = followWrites(db, follow);
  return {
    async current() {
      await upToDate();
      return indexes;
    },
  };
}
