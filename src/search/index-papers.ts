/** Brings all that the search knows up to date with the papers: their words and what they mean. */

import { findShipped } from './embedders/embed-papers.ts';
import type { EmbedContext } from './embedders/embed-papers.ts';
import { startIndexing } from './index-due.ts';
import type { Indexing } from './index-due.ts';
import { embedDue } from './vectors/embed-due.ts';

/**
 * Returns how many papers were indexed by words. Of a model that takes its time no vectors are made here: that is a
 * job of the server. Idempotent; stopping it loses at most the batch at hand.
 */
export async function indexPapers(context: EmbedContext, signal?: AbortSignal): Promise<number> {
  return await (await startIndexingPapers(context)).finish(signal);
}

/** As `indexPapers`, in steps, beside which papers may be saved. */
export async function startIndexingPapers(context: EmbedContext): Promise<Indexing> {
  const { db } = context;
  const embedder = await findShipped(context);
  const { goOn, finish } = startIndexing(db, embedder);
  return {
    goOn,
    async finish(signal) {
      const indexed = await finish(signal);
      // What it had not come to when these words were indexed.
      if (embedder !== undefined) await embedDue({ db, embedder, signal });
      return indexed;
    },
  };
}
