/** The vectors that a search asks: those that the chosen embedder made, as long as there is one. */

import type { Log } from '#platform/log.ts';
import type { Db } from '#schema.ts';
import type { Embedder } from '../embedder.ts';
import { followVectors } from './live-vectors.ts';
import type { LiveVectors } from './live-vectors.ts';
import { closeness, cosines, nearest } from './nearest.ts';
import { vectorOf } from './vector-index.ts';
import type { VectorIndex } from './vector-index.ts';
import type { Vectors, VectorSource } from './vectors.ts';

export interface VectorSourceOptions {
  db: Db;
  log: Log;
  /** Asked at each search; undefined where no model can be used, of which whoever chooses has told. */
  embedder: () => Embedder | undefined | Promise<Embedder | undefined>;
}

/** Keeps the vectors of one embedder in memory: when another one is chosen, its vectors take their place. */
export function openVectors({ db, log, embedder }: VectorSourceOptions): VectorSource {
  let followed: { name: string; live: LiveVectors } | undefined;
  const encodeQuestion = questionEncoder(log);

  function follow(name: string): LiveVectors {
    const live = followVectors(db, name, (count) =>
      log.warn({ model: name, count }, 'vectors of a wrong length are left out'),
    );
    followed = { name, live };
    return live;
  }

  return async () => {
    const chosen = await embedder();
    if (chosen === undefined) return undefined;
    const live = followed?.name === chosen.name ? followed.live : follow(chosen.name);
    const index = await live.current();
    return index && vectorsOf(index, async (text) => await encodeQuestion(chosen, text, index.dimensions));
  };
}

function vectorsOf(index: VectorIndex, encode: Vectors['encode']): Vectors {
  return {
    encode,
    nearest: (vector, limit, accepted) => nearest(index, vector, limit, accepted),
    cosines: (vector, seqs) => cosines(index, vector, seqs),
    closeness: (seqs) => closeness(index, seqs),
    vectorOf: (seq) => vectorOf(index, seq),
  };
}

/** Undefined if the model does not answer or answers in other dimensions: told once, then again after it has worked. */
function questionEncoder(log: Log) {
  let failing: string | undefined;

  function fail(model: string, err: unknown): undefined {
    if (failing !== model) log.warn({ model, err }, 'searching by words alone: the question could not be embedded');
    failing = model;
    return undefined;
  }

  return async ({ name, encode }: Embedder, text: string, dimensions: number): Promise<Float32Array | undefined> => {
    try {
      const [vector] = await encode([text]);
      if (vector?.length !== dimensions) {
        return fail(
          name,
          new Error(`It has ${vector?.length} dimensions where those of the papers have ${dimensions}.`),
        );
      }
      failing = undefined;
      return vector;
    } catch (error) {
      return fail(name, error);
    }
  };
}
