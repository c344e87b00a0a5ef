/** What the search asks of an index of vectors, whichever model made them. */

import type { Accepted } from '../accepted.ts';

/** All vectors are of unit length. */
export interface Vectors {
  encode(text: string): Float32Array | Promise<Float32Array | undefined>;
  /** Nearest first; of equally near ones the one with the higher `seq` first. */
  nearest(vector: Float32Array, limit: number, accepted?: Accepted): { seq: number; cosine: number }[];
  /** Of any paper by its `seq`; 0 for one that has no vector. */
  cosinesWith(vector: Float32Array): (seq: number) => number;
  vectorOf(seq: number): Float32Array | undefined;
}

/** Gives the vectors as they are now; undefined where there is no model, and search goes on by words. */
export type VectorSource = () => Promise<Vectors | undefined>;
