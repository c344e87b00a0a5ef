/** What one step of training learns from: pairs of texts that belong together, as weighted rows. */

import { repeatWeight, tally } from '../embed.ts';
import type { Texts } from './choose.ts';
import { seededRandom, shuffle } from './random.ts';

/** Texts 0 … size - 1 are the left sides, the others their right sides. */
export interface Batch {
  rows: Uint16Array<SharedArrayBuffer>;
  weights: Float32Array<SharedArrayBuffer>;
  /** How many rows each text has, from `text * MAX_ROWS` on. */
  lengths: Int32Array<SharedArrayBuffer>;
}

/** Distinct rows of a text that are looked at; the longest abstracts have some 300. */
export const MAX_ROWS = 384;

/** Pairs that are two parts of one abstract; the others are a title and its abstract. More makes it blur topics. */
const HALVES = 0.3;

/**
 * Rows left out of both sides at random, anew each time: what remains must suggest what is missing. Titles of which half
 * is known are found more often (R@10 0.82; 0.78 in a trial without), whole titles a little less (0.974; 0.977).
 */
const DROPPED = 0.5;

export function emptyBatch(size: number): Batch {
  return {
    rows: new Uint16Array(new SharedArrayBuffer(2 * 2 * size * MAX_ROWS)),
    weights: new Float32Array(new SharedArrayBuffer(4 * 2 * size * MAX_ROWS)),
    lengths: new Int32Array(new SharedArrayBuffer(4 * 2 * size)),
  };
}

/** The papers of one step after the other, each once before any comes again; alike in every thread. */
export function sampler(papers: number, size: number, seed: number): () => { papers: Uint32Array; halves: boolean } {
  const random = seededRandom(seed);
  const order = Uint32Array.from({ length: papers }, (_, paper) => paper);
  let next = papers;
  return () => {
    if (next + size > papers) {
      shuffle(order, random);
      next = 0;
    }
    next += size;
    return { papers: order.subarray(next - size, next), halves: random() < HALVES };
  };
}

/** Writes both sides of pair `index` of the batch. */
export function fillPair(
  batch: Batch,
  index: number,
  size: number,
  { texts, paper, halves, random, counts }: PairSource,
): void {
  const [title, abstract, end] = [0, 1, 2].map((text) => texts.starts[2 * paper + text] as number) as Bounds;
  // A cut near an end would leave a side with nothing to say.
  const cut = abstract + Math.floor((end - abstract) * (0.3 + 0.4 * random()));
  const fill = (text: number, from: number, to: number): void => {
    batch.lengths[text] = fillText(batch, text, texts.rows.subarray(from, to), random, counts);
  };
  fill(index, halves ? abstract : title, halves ? cut : abstract);
  fill(size + index, halves ? cut : abstract, end);
}

type Bounds = [number, number, number];

export interface PairSource {
  texts: Texts;
  paper: number;
  halves: boolean;
  random: () => number;
  /** All zero; one for each row of the model. */
  counts: Uint16Array;
}

function fillText(batch: Batch, text: number, source: Uint16Array, random: () => number, counts: Uint16Array): number {
  const rows = Int32Array.from(source);
  const distinct = tally(rows, rows.length, counts);
  let length = 0;
  for (let index = 0; index < distinct; index++) {
    const row = rows[index] as number;
    if (length < MAX_ROWS && random() >= DROPPED) {
      batch.rows[text * MAX_ROWS + length] = row;
      batch.weights[text * MAX_ROWS + length] = repeatWeight(counts[row] as number);
      length++;
    }
    counts[row] = 0;
  }
  return length;
}
