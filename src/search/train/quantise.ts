/** Makes what was learnt small: a byte for each number, and nothing but zeros for words that say nothing. */

import type { ModelData } from '../model-file.ts';

/**
 * Words whose vector is shorter than this part of the median (this, which, such, known …) were learnt to say nothing.
 * Without them held-out abstracts are found as well, and a quarter of the words of a text need not be looked at. They
 * stay in the vocabulary: an unknown word would count.
 */
const LEAST_LENGTH = 0.3;

/** One scale a row, so that a word's weight keeps its precision; 0 for words that say nothing. */
export function quantise(vectors: Float32Array, dimensions: number): Pick<ModelData, 'scales' | 'vectors'> {
  const lengths = rowLengths(vectors, dimensions);
  const least = LEAST_LENGTH * (lengths.toSorted()[lengths.length >> 1] as number);
  const scales = new Float32Array(lengths.length);
  const bytes = new Int8Array(vectors.length);
  for (let row = 0; row < lengths.length; row++) {
    if ((lengths[row] as number) <= least) continue;
    const source = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const largest = source.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[row] = largest / 127;
    bytes.set(
      source.map((value) => Math.round((value / largest) * 127)),
      row * dimensions,
    );
  }
  return { scales, vectors: bytes };
}

function rowLengths(vectors: Float32Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: vectors.length / dimensions }, (_, row) =>
    Math.hypot(...vectors.subarray(row * dimensions, (row + 1) * dimensions)),
  );
}
