/** The vectors of the model that answers, which changes by itself when a switch is complete. */

import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import type { Db } from '#schema.ts';
import type { Embedder } from '../embedder.ts';
import { openVectors } from '../vectors/vector-source.ts';
import type { VectorSource } from '../vectors/vectors.ts';
import { chooseEmbedder } from './choose-embedder.ts';
import type { Models } from './models.ts';

/** How often it is looked whether another model should answer, until the configured one does: a query or two. */
const LOOK_MS = 5_000;

export interface ChosenVectorsOptions {
  db: Db;
  clock: Clock;
  log: Log;
  models: Models;
}

/** Questions never wait for a switch: the model before answers until the next one's vectors are in memory. */
export function openChosenVectors({ db, clock, log, models }: ChosenVectorsOptions): VectorSource {
  let used: { name: string; source: VectorSource } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    lookedAt = clock.now();
    const { answering } = await chooseEmbedder(db, models);
    if (answering === undefined) used = undefined;
    else if (answering.name !== used?.name) used = await load(answering, used !== undefined);
    // From the configured one there is nothing to switch to.
    if (answering !== undefined && answering === models.wanted()) lookedAt = Number.POSITIVE_INFINITY;
  }

  async function load(embedder: Embedder, isSwitch: boolean): Promise<{ name: string; source: VectorSource }> {
    const source = openVectors({ db, log, embedder: () => embedder });
    await source();
    if (isSwitch) log.info({ model: embedder.name }, 'another model answers the search by meaning from now on');
    return { name: embedder.name, source };
  }

  return async () => {
    if (looking === undefined && clock.now() - lookedAt >= LOOK_MS) {
      looking = look().finally(() => (looking = undefined));
      // There is something to answer with, and the next look comes soon.
      if (used !== undefined)
        looking.catch((err: unknown) => log.warn({ err }, 'could not look which model has all vectors'));
    }
    if (used === undefined) await looking;
    return await used?.source();
  };
}
