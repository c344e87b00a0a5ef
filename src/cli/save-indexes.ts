/** Leaves the indexes of the search to the next start. */

import type { App } from '../app.ts';

/** Only those that are in memory, and only if there is enough new in them. If it fails, the next start takes longer. */
export async function saveIndexes({ search, suggester, log }: App): Promise<void> {
  try {
    await search.save();
    await suggester.save();
  } catch (err) {
    log.warn({ err }, 'the next start builds the index of the search anew');
  }
}
