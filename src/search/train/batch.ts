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

/** What goes together in the pairs of one step. */
export type Kind = 'title' | 'halves' | 'passage';

/** Steps whose pairs are two parts of one abstract. More makes it blur topics. */
const HALVES = 0.2;

/**
 * Steps whose pairs are some words of an abstract in a row and the rest of the paper, its title included: closest to a
 * question in whole sentences. The remaining steps learn from a title and its abstract.
 */
const PASSAGES = 0.4;
/** As long as most sentences. */
const [SHORTEST, LONGEST] = [10, 25];

/**
 * Rows left out at random, anew each time: what remains must suggest what is missing. More of the right side, which has
 * words to spare; of a short question each one counts. Half of both sides learns more slowly and, of text from
 * elsewhere, less.
 */
const DROPPED = { left: 0.2, right: 0.5 };

export function emptyBatch(size: number): Batch {
  return {
    rows: new Uint16Array(new SharedArrayBuffer(2 * 2 * size * MAX_ROWS)),
    weights: new Float32Array(new SharedArrayBuffer(4 * 2 * size * MAX_ROWS)),
    lengths: new Int32Array(new SharedArrayBuffer(4 * 2 * size)),
  };
}

/** The papers of one step after the other, each once before any comes again; alike in every thread. */
export function sampler(papers: number, size: number, seed: number): () => { papers: Uint32Array; kind: Kind } {
  const random = seededRandom(seed);
  const order = Uint32Array.from({ length: papers }, (_, paper) => paper);
  let next = papers;
  return () => {
    if (next + size > papers) {
      shuffle(order, random);
      next = 0;
    }
    next += size;
    return { papers: order.subarray(next - size, next), kind: kindOf(random()) };
  };
}

function kindOf(chance: number): Kind {
  return chance < HALVES ? 'halves' : chance < HALVES + PASSAGES ? 'passage' : 'title';
}

/** Writes both sides of pair `index` of the batch. */
export function fillPair(batch: Batch, index: number, size: number, source: PairSource): void {
  const { random, counts } = source;
  const [left, right] = sidesOf(source);
  batch.lengths[index] = fillText(batch, index, left, DROPPED.left, random, counts);
  batch.lengths[size + index] = fillText(batch, size + index, right, DROPPED.right, random, counts);
}

function sidesOf({ texts: { rows, starts }, paper, kind, random }: PairSource): [left: Int32Array, right: Int32Array] {
  const [title, abstract, end] = [0, 1, 2].map((text) => starts[2 * paper + text] as number) as Bounds;
  const part = (from: number, to: number): Int32Array => Int32Array.from(rows.subarray(from, to));
  if (kind === 'title') return [part(title, abstract), part(abstract, end)];
  if (kind === 'halves') {
    // A cut near an end would leave a side with nothing to say.
    const cut = abstract + Math.floor((end - abstract) * (0.3 + 0.4 * random()));
    return [part(abstract, cut), part(cut, end)];
  }
  const length = Math.min((end - abstract) >> 1, SHORTEST + Math.floor((LONGEST - SHORTEST + 1) * random()));
  const from = abstract + Math.floor((end - abstract - length) * random());
  return [part(from, from + length), Int32Array.of(...part(title, from), ...part(from + length, end))];
}

type Bounds = [number, number, number];

export interface PairSource {
  texts: Texts;
  paper: number;
  kind: Kind;
  random: () => number;
  /** All zero; one for each row of the model. */
  counts: Uint16Array;
}

/** Uses `rows` up; returns how many were written. */
function fillText(
  batch: Batch,
  text: number,
  rows: Int32Array,
  dropped: number,
  random: () => number,
  counts: Uint16Array,
): number {
  const distinct = tally(rows, rows.length, counts);
  let length = 0;
  for (let index = 0; index < distinct; index++) {
    const row = rows[index] as number;
    if (length < MAX_ROWS && random() >= dropped) {
      batch.rows[text * MAX_ROWS + length] = row;
      batch.weights[text * MAX_ROWS + length] = repeatWeight(counts[row] as number);
      length++;
    }
    counts[row] = 0;
  }
  return length;
}
