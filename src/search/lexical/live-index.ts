/** The lexical index of a database, in memory, and how it follows what this and other processes write. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import { createLexicalIndex } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { listTerms } from './store.ts';

/** Papers a step: some 40 ms, after which other requests have their turn. */
const STEP = 4096;

export interface LiveIndex {
  /** Up to date with what was indexed before the call. One small query when nothing is new. */
  current(): Promise<LexicalIndex>;
}

export function followTerms(db: Db): LiveIndex {
  const index = createLexicalIndex();
  let watermark = 0;
  let following: Promise<void> | undefined;

  async function follow(): Promise<void> {
    for (;;) {
      const rows = await listTerms(db, watermark, STEP);
      index.add(rows.map(({ seq, terms }) => ({ seq, packed: terms })));
      watermark = rows.at(-1)?.change_no ?? watermark;
      if (rows.length < STEP) return;
      await setImmediate();
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
