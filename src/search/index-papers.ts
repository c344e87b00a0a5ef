/** Brings all that the search knows up to date with the papers: their words and what they mean. */

import { findShipped } from './embedders/embed-papers.ts';
import type { EmbedContext } from './embedders/embed-papers.ts';
import { indexDue } from './index-due.ts';
import { embedDue } from './vectors/embed-due.ts';

/**
 * Returns how many papers were indexed by words. Of a model that takes its time no vectors are made here: that is a
 * job of the server. Idempotent; stopping it loses at most the batch at hand.
 */
export async function indexPapers(context: EmbedContext, signal?: AbortSignal): Promise<number> {
  const { db } = context;
  const embedder = await findShipped(context);
  if (embedder === undefined) return await indexDue(db, signal);
  const { encodeStems } = embedder;
  const indexed = await indexDue(db, signal, encodeStems && { ...embedder, encodeStems });
  // What it had not come to when these words were indexed.
  await embedDue({ db, embedder, signal });
  return indexed;
}
