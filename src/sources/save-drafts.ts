/** Saves any number of drafts in a transaction without holding up readers of the site. */

import { setImmediate as breathe } from 'node:timers/promises';
import type { PaperDraft } from '#papers/paper.ts';
import { savePapers } from '#papers/save.ts';
import type { SaveCounts } from '#papers/save.ts';
import type { Trx } from '#schema.ts';

/** SQLite works in our thread: at some 4 000 papers a second a batch takes 25 ms. */
const BATCH = 100;

export async function saveDrafts(trx: Trx, drafts: readonly PaperDraft[], now: number): Promise<SaveCounts> {
  const total: SaveCounts = { added: 0, changed: 0, unchanged: 0 };
  for (let start = 0; start < drafts.length; start += BATCH) {
    const counts = await savePapers(trx, drafts.slice(start, start + BATCH), now);
    total.added += counts.added;
    total.changed += counts.changed;
    total.unchanged += counts.unchanged;
    await breathe();
  }
  return total;
}
