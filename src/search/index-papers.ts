/** Brings all that the search knows up to date with the papers: their words, then what they mean. */

import type { Db } from '#schema.ts';
import type { Embedder } from './embedder.ts';
import { indexDue } from './index-due.ts';
import { embedDue } from './vectors/embed-due.ts';

export interface Indexing {
  db: Db;
  /** Whose vectors are made; undefined where there is no model, and papers are found by their words. */
  embedder: () => Embedder | undefined;
}

/** Returns how many papers were indexed by words. Idempotent; stopping it loses at most the batch at hand. */
export async function indexPapers({ db, embedder }: Indexing, signal?: AbortSignal): Promise<number> {
  const indexed = await indexDue(db, signal);
  const chosen = embedder();
  if (chosen !== undefined) await embedDue({ db, embedder: chosen, signal });
  return indexed;
}
