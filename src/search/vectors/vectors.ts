/** What the search asks of an index of vectors, whichever model made them. */

import type { Accepted } from '../accepted.ts';
import type { Closeness } from '../smooth.ts';

/** All vectors are of unit length. */
export interface Vectors {
  encode(text: string): Float32Array | Promise<Float32Array | undefined>;
  /** `papers.seq`, nearest first; of equally near ones the higher first. */
  nearest(vector: Float32Array, limit: number, accepted?: Accepted): Int32Array;
  /** In the order of `seqs`, which are `papers.seq`; 0 for a paper that has no vector. */
  cosines(vector: Float32Array, seqs: Int32Array): Float32Array;
  closeness: Closeness;
  vectorOf(seq: number): Float32Array | undefined;
}

/** Gives the vectors as they are now; undefined where there is no model, and search goes on by words. */
export type VectorSource = () => Promise<Vectors | undefined>;
