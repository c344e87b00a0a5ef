/** Which model answers questions: the configured one, or the one before as long as that one has more vectors. */

import type { Db } from '#schema.ts';
import type { Embedder } from '../embedder.ts';
import { countUnembedded, listEmbeddedModels } from '../vectors/embed-due.ts';
import type { Models } from './models.ts';

export interface Choice {
  /** Undefined if no model can be used: search goes on by words. */
  answering: Embedder | undefined;
  /** Names of the other models that have vectors, whether they can still be used or not. */
  others: string[];
}

/**
 * The model that misses the fewest papers; of several the configured one. The configured one so answers from the first
 * paper in a new installation, and in one that switches not before it has all, or as many as the one before.
 */
export async function chooseEmbedder(db: Db, models: Models): Promise<Choice> {
  const wanted = models.wanted();
  const others = (await listEmbeddedModels(db)).filter((name) => name !== wanted?.name);
  const usable = [wanted, ...others.map((name) => models.named(name))].filter((one) => one !== undefined);
  if (usable.length <= 1) return { answering: usable[0], others };
  const counted = await Promise.all(
    usable.map(async (embedder) => ({ embedder, missing: await countUnembedded(db, embedder.name) })),
  );
  // Stable: the configured one stands first.
  counted.sort((a, b) => a.missing - b.missing);
  return { answering: counted[0]?.embedder, others };
}
