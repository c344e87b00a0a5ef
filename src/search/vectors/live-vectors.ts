/** The vectors of one model in memory, and how they follow what this and other processes write. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import { followWrites } from '../follow-writes.ts';
import { countEmbeddings, findDimensions, readEmbeddings } from './store.ts';
import { createVectorIndex, reserve, setVectors } from './vector-index.ts';
import type { VectorIndex } from './vector-index.ts';

/** Papers a step: some 4 ms with 256 dimensions, after which other requests have their turn. */
const STEP = 1024;

export interface LiveVectors {
  /**
   * Up to date with what was embedded before the call; undefined as long as there is no vector. Next to
   * nothing when nothing was written.
   */
  current(): Promise<VectorIndex | undefined>;
}

/** `onDamaged` is told how many vectors were left out because their length is wrong. */
export function followVectors(
  db: Db,
  model: string,
  onDamaged: (count: number) => void = () => undefined,
): LiveVectors {
  let index: VectorIndex | undefined;
  let watermark = 0;

  async function open(): Promise<VectorIndex | undefined> {
    const dimensions = await findDimensions(db, model);
    if (dimensions === undefined) return undefined;
    const opened = createVectorIndex(dimensions);
    reserve(opened, await countEmbeddings(db, model));
    return opened;
  }

  async function follow(): Promise<void> {
    index ??= await open();
    if (index === undefined) return;
    for (;;) {
      const { dimensions } = index;
      const run = await readEmbeddings(db, { model, dimensions, after: watermark, limit: STEP });
      setVectors(index, run.seqs, run.vectors);
      watermark = run.last ?? watermark;
      if (run.rows > run.seqs.length) onDamaged(run.rows - run.seqs.length);
      if (run.rows < STEP) return;
      await setImmediate();
    }
  }

  const upToDate = followWrites(db, follow);
  return {
    async current() {
      await upToDate();
      return index;
    },
  };
}
