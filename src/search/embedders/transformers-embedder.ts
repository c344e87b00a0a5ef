/** A model that runs in this program, through the library transformers.js where the operator has installed it. */

import { AppError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import type { Embedder } from '../embedder.ts';
import { LOCAL, nameOf, textOf } from './spec.ts';
import type { LocalModel } from './spec.ts';
import { openExtractor } from './transformers-library.ts';
import type { TransformersLibrary } from './transformers-library.ts';
import { unit } from './unit.ts';

/** Some 0.2 s of a small model on two cores, after which a question that waits has its turn. */
const TEXTS_A_RUN = 8;
/** Papers that are kept together: what a stop loses. */
const BATCH = 128;

export interface TransformersOptions {
  spec: LocalModel;
  dataDir: string;
  log: Log;
  load?: () => Promise<TransformersLibrary>;
}

export function createTransformersEmbedder({ spec, dataDir, log, load }: TransformersOptions): Embedder {
  const [model = '', options] = spec.model.slice(LOCAL.length).split('?');
  const given = new URLSearchParams(options);
  const pooling = given.get('pooling') ?? 'mean';
  const extractor = openExtractor({ model, dtype: given.get('dtype') ?? 'fp32', dataDir, log, load });

  async function run(texts: string[]): Promise<Float32Array[]> {
    const extract = await extractor();
    // Made unit length here: the library divides by zero where a model knows no word of a text.
    const { dims, data } = await extract(texts, { pooling });
    const [count, dimensions = 0] = dims;
    if (dims.length !== 2 || count !== texts.length || dimensions === 0 || data.length !== count * dimensions)
      throw new AppError(
        'upstream',
        `The model ${model} makes no vectors of texts: its answer is ${dims.join(' × ')}.`,
      );
    const numbers = Float32Array.from(data);
    if (!numbers.every((value) => Number.isFinite(value)))
      throw new AppError('upstream', `The model ${model} makes vectors with what is no number in them.`);
    return texts.map((_, place) => unit(numbers.subarray(place * dimensions, (place + 1) * dimensions)));
  }

  return {
    name: nameOf(spec),
    batch: BATCH,
    async encode(items, signal) {
      const texts = items.map((item) => textOf(spec, item));
      const vectors: (Float32Array | undefined)[] = Array.from({ length: texts.length });
      for (const places of runsOf(texts)) {
        signal?.throwIfAborted();
        const made = await run(places.map((place) => texts[place] ?? ''));
        for (const [at, place] of places.entries()) vectors[place] = made[at];
      }
      const dimensions = vectors.find((vector) => vector !== undefined)?.length ?? 0;
      return vectors.map((vector) => vector ?? new Float32Array(dimensions));
    },
  };
}

/** Places of texts of about the same length together, as all of a run cost as much as the longest; none of empty ones. */
function runsOf(texts: readonly string[]): number[][] {
  const lengthOf = (place: number) => texts[place]?.length ?? 0;
  const places = [...texts.keys()].filter((place) => lengthOf(place) > 0);
  places.sort((a, b) => lengthOf(a) - lengthOf(b));
  const runs = Math.ceil(places.length / TEXTS_A_RUN);
  return Array.from({ length: runs }, (_, run) => places.slice(run * TEXTS_A_RUN, (run + 1) * TEXTS_A_RUN));
}
