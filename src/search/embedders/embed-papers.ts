/** Makes the vectors that are due, and deletes those of models that are needed no longer. */

import { AppError } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import type { Embedder } from '../embedder.ts';
import { countUnembedded, dropEmbeddings, embedDue, listEmbeddedModels } from '../vectors/embed-due.ts';
import { findDimensions } from '../vectors/store.ts';
import { chooseEmbedder } from './choose-embedder.ts';
import type { Models } from './models.ts';

export interface EmbedContext {
  db: Db;
  models: Models;
}

/**
 * The shipped model, of which vectors are made at once, because it takes a moment: if it is the configured one, or if it
 * answers until the vectors of the configured one are complete.
 */
export async function findShipped({ db, models }: EmbedContext): Promise<Embedder | undefined> {
  return models.wantsShipped ? models.wanted() : await shippedThatAnswers(db, models);
}

/** Not merely one that has vectors: they may be on their way out. */
async function shippedThatAnswers(db: Db, models: Models): Promise<Embedder | undefined> {
  const { answering } = await chooseEmbedder(db, models);
  return answering && models.shippedAmong([answering.name]);
}

/**
 * With the configured model, which may take hours; then the vectors of all others go. Idempotent; goes on where it was
 * stopped. Throws what the model throws, with what was done before kept.
 */
export async function embedWithConfigured({ db, models }: EmbedContext, signal?: AbortSignal): Promise<void> {
  const wanted = models.wanted();
  if (wanted === undefined) return;
  await embedDue({ db, embedder: ofLength(wanted, await findDimensions(db, wanted.name)), signal });
  if (signal?.aborted || (await countUnembedded(db, wanted.name)) > 0) return;
  const others = (await listEmbeddedModels(db)).filter((name) => name !== wanted.name);
  for (const name of others) await dropEmbeddings(db, name);
}

/** Vectors of another length could never be compared with those that are kept. */
function ofLength(embedder: Embedder, kept: number | undefined): Embedder {
  if (kept === undefined) return embedder;
  return {
    ...embedder,
    async encode(items, signal) {
      const vectors = await embedder.encode(items, signal);
      const made = vectors.find(({ length }) => length !== kept)?.length;
      if (made === undefined) return vectors;
      throw new AppError(
        'conflict',
        `The model ${embedder.name} makes vectors of ${made} numbers, and those that are kept have ${kept}: it is another model by now, which needs a name of its own in EMBEDDINGS_MODEL.`,
      );
    },
  };
}
