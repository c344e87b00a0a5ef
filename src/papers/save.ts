/** Saves what a source says of papers: new ones are added, known ones brought up to date, repeats change nothing. */

import type { Trx } from '#schema.ts';
import type { PaperDraft } from './paper.ts';

export interface SaveCounts {
  added: number;
  changed: number;
  unchanged: number;
}

/**
 * Takes a transaction, so that a source can save its cursor in the same one.
 * A draft's id may repeat within `drafts`; the later one wins. At most some 1000 drafts a call.
 */
export async function savePapers(_trx: Trx, _drafts: readonly PaperDraft[], _now: number): Promise<SaveCounts> {
  throw new Error('being written by the lead');
}
