/** Papers for tests. */

import type { PaperDraft } from '#papers/paper.ts';
import { savePapers } from '#papers/save.ts';
import type { SaveCounts } from '#papers/save.ts';
import type { Db } from '#schema.ts';

export const NOW = Date.parse('2026-01-06T12:00:00Z');

/** A complete draft; `2601.00001` is number 1. */
export function makeDraft(number: number, more: Partial<PaperDraft> = {}): PaperDraft {
  return {
    id: `2601.${String(number).padStart(5, '0')}`,
    title: `Paper number ${number}`,
    abstract: `The abstract of paper ${number}.`,
    authors: [{ family: `Family${number}`, given: 'Given', suffix: '', affiliation: '' }],
    categories: ['cs.LG'],
    publishedOn: '2026-01-05',
    announcedOn: '2026-01-06',
    ...more,
  };
}

export async function save(db: Db, ...drafts: PaperDraft[]): Promise<SaveCounts> {
  return await db.transaction().execute(async (trx) => await savePapers(trx, drafts, NOW));
}
