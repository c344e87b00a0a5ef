/** The nearest papers to a vector: a scan of the signs of all, then exact cosines of those that differ in the fewest. */

import type { Accepted } from '../accepted.ts';
import { packVector } from './pack.ts';
import { placeOf, writeSigns } from './vector-index.ts';
import type { VectorIndex } from './vector-index.ts';

export interface Near {
  seq: number;
  cosine: number;
}

/**
 * How many papers get an exact cosine, at least and for each that is asked for. Against exact cosines of all, with
 * halves of abstracts and titles as questions, 4000 find 99.5 % of the nearest ten and 98.3 % of the nearest hundred
 * among 100 000 papers, 99.8 % and 98.5 % among 350 000, in 1 ms; 1000 find 98.1 % and 89 %, 8000 99.6 % of the hundred.
 * Far down a list of a thousand a paper matters only if it has the words too, and then it is looked up by itself.
 */
const LEAST_POOL = 2000;
const POOL_FACTOR = 4;
/** More signs than any model has. */
const REJECTED = 0xffff;

/** Cosines from 1 down to -1 are told apart in so many steps before they are sorted. */
const STEPS = 2048;

/**
 * Nearest first; of equally near ones the higher `seq` first. The filter holds before anything is cut off, so as many
 * as are accepted are found, and where those are few all of them get exact cosines. Nothing is near a zero vector.
 */
export function nearest(index: VectorIndex, vector: Float32Array, limit: number, accepted?: Accepted): Near[] {
  if (limit <= 0 || index.count === 0 || vector.every((value) => value === 0)) return [];
  const counts = measureDistances(index, vector, accepted);
  const pool = gather(index, cutAt(counts, Math.max(LEAST_POOL, limit * POOL_FACTOR)), counts);
  const question = padded(index, vector);
  const cosines = new Float64Array(pool.length);
  const steps = new Uint32Array(STEPS + 1);
  for (let at = 0; at < pool.length; at++) {
    const cosine = cosineAt(index, question, pool[at] as number);
    const step = stepOf(cosine);
    cosines[at] = cosine;
    steps[step] = (steps[step] as number) + 1;
  }
  const last = cutAt(steps, limit);
  const found: Near[] = [];
  for (let at = 0; at < pool.length; at++) {
    const cosine = cosines[at] as number;
    if (stepOf(cosine) <= last) found.push({ seq: index.seqs[pool[at] as number] as number, cosine });
  }
  return found.toSorted((a, b) => b.cosine - a.cosine || b.seq - a.seq).slice(0, limit);
}

function stepOf(cosine: number): number {
  return Math.min(STEPS, Math.max(0, Math.floor(((1 - cosine) * STEPS) / 2)));
}

/** The places of all rows up to that distance. */
function gather({ count, scratch }: VectorIndex, farthest: number, counts: Uint32Array): Int32Array {
  const pool = new Int32Array(counts.subarray(0, farthest + 1).reduce((sum, rows) => sum + rows, 0));
  let size = 0;
  for (let place = 0; place < count; place++) {
    if ((scratch.distances[place] as number) <= farthest) pool[size++] = place;
  }
  return pool;
}

/** Of any paper by its `seq`; 0 for one that has no vector. */
export function cosinesWith(index: VectorIndex, vector: Float32Array): (seq: number) => number {
  const question = padded(index, vector);
  return (seq) => {
    const place = placeOf(index, seq);
    return place < 0 ? 0 : cosineAt(index, question, place);
  };
}

/** Writes the distances of all rows, and returns how many rows have each distance. */
function measureDistances(index: VectorIndex, vector: Float32Array, accepted: Accepted | undefined): Uint32Array {
  const { stride, count, seqs, signs, scratch } = index;
  const { distances } = scratch;
  const words = stride / 32;
  const counts = new Uint32Array(stride + 1);
  const asked = new Int32Array(words);
  writeSigns(packVector(vector), 0, vector.length, asked, 0);
  for (let place = 0; place < count; place++) {
    if (accepted !== undefined && accepted[seqs[place] as number] !== 1) {
      distances[place] = REJECTED;
      continue;
    }
    const distance = differingBits(signs, place * words, asked);
    distances[place] = distance;
    counts[distance] = (counts[distance] as number) + 1;
  }
  return counts;
}

/** Bits are counted in pairs, fours and eights (Hacker's Delight, 5-1), two words at a time. */
function differingBits(signs: Int32Array, from: number, asked: Int32Array): number {
  let total = 0;
  for (let word = 0; word < asked.length; word += 2) {
    let a = (signs[from + word] as number) ^ (asked[word] as number);
    let b = (signs[from + word + 1] as number) ^ (asked[word + 1] as number);
    a -= (a >>> 1) & 0x55555555;
    b -= (b >>> 1) & 0x55555555;
    const fours = (a & 0x33333333) + ((a >>> 2) & 0x33333333) + (b & 0x33333333) + ((b >>> 2) & 0x33333333);
    total += Math.imul((fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24;
  }
  return total;
}

/** The distance up to which there are `pool` rows. All at that distance belong, so their order does not matter. */
function cutAt(counts: Uint32Array, pool: number): number {
  let rows = 0;
  for (let distance = 0; distance < counts.length; distance++) {
    rows += counts[distance] as number;
    if (rows >= pool) return distance;
  }
  return counts.length - 1;
}

/** As long as a row, so that the sums below need not look where it ends. */
function padded({ stride }: VectorIndex, vector: Float32Array): Float64Array {
  const question = new Float64Array(stride);
  question.set(vector);
  return question;
}

/** Four sums at a time: the processor need not wait for one to end before it begins the next. */
function cosineAt({ stride, bytes, scales }: VectorIndex, question: Float64Array, place: number): number {
  const from = place * stride;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < stride; k += 4) {
    a += (question[k] as number) * (bytes[from + k] as number);
    b += (question[k + 1] as number) * (bytes[from + k + 1] as number);
    c += (question[k + 2] as number) * (bytes[from + k + 2] as number);
    d += (question[k + 3] as number) * (bytes[from + k + 3] as number);
  }
  return (a + b + c + d) * (scales[place] as number);
}
