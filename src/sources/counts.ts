/** What came of reading a source. */

import type { SaveCounts } from '#papers/save.ts';

export interface SourceCounts extends SaveCounts {
  /** Answers read. */
  pages: number;
  /** Records that made no sense. */
  skipped: number;
}

export function noCounts(): SourceCounts {
  return { added: 0, changed: 0, unchanged: 0, pages: 0, skipped: 0 };
}

/** Adds one page to `counts`. */
export function addCounts(counts: SourceCounts, saved: SaveCounts, skipped: number): void {
  counts.added += saved.added;
  counts.changed += saved.changed;
  counts.unchanged += saved.unchanged;
  counts.skipped += skipped;
  counts.pages += 1;
}

export function sumCounts(all: readonly SourceCounts[]): SourceCounts {
  const total = noCounts();
  for (const one of all) {
    for (const key of Object.keys(total) as (keyof SourceCounts)[]) total[key] += one[key];
  }
  return total;
}
