/** Allocates what the threads of a training run share. */

import { emptyBatch } from './batch.ts';
import type { Chosen } from './choose.ts';
import type { Matrix } from './products.ts';
import { normal, seededRandom } from './random.ts';
import type { Shared } from './step.ts';

export interface Shape {
  size: number;
  dimensions: number;
  threads: number;
  seed: number;
}

export function allocate(chosen: Chosen, { size, dimensions, threads, seed }: Shape): Shared {
  const pairsByDimension = (): Matrix => matrix(size, dimensions);
  return {
    size,
    dimensions,
    threads,
    texts: chosen.texts,
    batch: emptyBatch(size),
    vectors: firstVectors(chosen.rarity, dimensions, seed),
    squares: new Float32Array(new SharedArrayBuffer(4 * chosen.rarity.length)),
    units: [pairsByDimension(), pairsByDimension()],
    lengths: new Float64Array(new SharedArrayBuffer(8 * 2 * size)),
    transposed: [matrix(dimensions, size), matrix(dimensions, size)],
    errors: matrix(size, size),
    errorsTransposed: matrix(size, size),
    columnSums: new Float64Array(new SharedArrayBuffer(8 * threads * size)),
    gradients: [pairsByDimension(), pairsByDimension()],
    barrier: new Int32Array(new SharedArrayBuffer(8)),
  };
}

function matrix(rows: number, width: number): Matrix {
  return { data: new Float64Array(new SharedArrayBuffer(8 * rows * width)), width };
}

/**
 * Random directions, as long as the word is rare: nearly orthogonal, so training starts from matching words, and learns
 * which words also mean each other. Starting from a singular value decomposition of the papers found fewer abstracts.
 */
function firstVectors(rarity: Float32Array, dimensions: number, seed: number): Float32Array<SharedArrayBuffer> {
  const random = seededRandom(seed);
  const vectors = new Float32Array(new SharedArrayBuffer(4 * rarity.length * dimensions));
  const mean = Math.sqrt(dimensions) * (rarity.reduce((sum, value) => sum + value, 0) / rarity.length);
  rarity.forEach((weight, row) => {
    for (let k = 0; k < dimensions; k++) vectors[row * dimensions + k] = (weight / mean) * normal(random);
  });
  return vectors;
}
