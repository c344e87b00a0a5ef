/** Brings all that the search knows up to date with the papers: their words, then what they mean. */

import { embedAtOnce } from './embedders/embed-papers.ts';
import type { EmbedContext } from './embedders/embed-papers.ts';
import { indexDue } from './index-due.ts';

/**
 * Returns how many papers were indexed by words. Of a model that takes its time no vectors are made here: that is a
 * job of the server. Idempotent; stopping it loses at most the batch at hand.
 */
export async function indexPapers(context: EmbedContext, signal?: AbortSignal): Promise<number> {
  const indexed = await indexDue(context.db, signal);
  await embedAtOnce(context, signal);
  return indexed;
}
