/** The lexical index of a database, in memory, and how it follows what this and other processes write. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import { addPapers, createLexicalIndex } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { listTerms } from './store.ts';

/** Papers a step: some 40 ms, after which other requests have their turn. */
const STEP = 4096;

/** Papers that were replaced stay in the index; when there are as many as there are others, it is built anew. */
const MOST_REPLACED = 2;

export interface LiveIndex {
  /** Up to date with what was indexed before the call. One small query when nothing is new. */
  current(): Promise<LexicalIndex>;
}

export function followTerms(db: Db): LiveIndex {
  let index = createLexicalIndex();
  let watermark = 0;
  let following: Promise<void> | undefined;

  async function follow(): Promise<void> {
    for (;;) {
      const rows = await listTerms(db, watermark, STEP);
      addPapers(
        index,
        rows.map(({ seq, terms }) => ({ seq, packed: terms })),
      );
      watermark = rows.at(-1)?.change_no ?? watermark;
      if (rows.length < STEP) break;
      await setImmediate();
    }
    if (index.count > MOST_REPLACED * (index.numberOf.size + STEP)) {
      index = createLexicalIndex();
      watermark = 0;
      await follow();
    }
  }

  return {
    async current() {
      // Those who ask meanwhile wait for the same reading; what was written since it began, they see next time.
      following ??= follow().finally(() => (following = undefined));
      await following;
      return index;
    },
  };
}
