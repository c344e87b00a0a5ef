/** How the search by meaning is doing, for the operator. */

import type { Shipped } from '../vectors/shipped.ts';
import { countUnembedded } from '../vectors/embed-due.ts';
import { chooseEmbedder } from './choose-embedder.ts';
import type { EmbedContext } from './embed-papers.ts';
import { LOCAL } from './spec.ts';

export interface MeaningFacts {
  /** The configured model; null where `problem` says why there is none. */
  model: string | null;
  /** Papers that it has still to read. */
  waiting: number | null;
  /** The model that answers questions until then; null where none can. */
  answering: string | null;
  /** What an operator should see to. */
  problem: string | null;
}

/** Asks a model server for one vector, which takes a moment at most. */
export async function describeMeaning({ db, models }: EmbedContext, shipped: () => Shipped): Promise<MeaningFacts> {
  const wanted = models.wanted();
  const { answering } = await chooseEmbedder(db, models);
  const facts = { answering: answering?.name ?? null };
  if (wanted === undefined) return { ...facts, model: null, waiting: null, problem: shipped().problem ?? null };
  // To load a model of transformers.js may mean to fetch it; whether that works, its job says.
  const isRemote = !models.wantsShipped && !wanted.name.startsWith(LOCAL);
  const problem = isRemote ? await problemOf(async () => await wanted.encode(['Does it answer?'])) : null;
  return { ...facts, model: wanted.name, waiting: await countUnembedded(db, wanted.name), problem };
}

async function problemOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
