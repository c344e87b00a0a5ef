/**
 * One step of contrastive training (InfoNCE, both ways): each left text must find its right text among those of the
 * batch, and the other way round. Threads share all arrays; each computes its own part between two barriers.
 */

import { fillPair, MAX_ROWS } from './batch.ts';
import type { Batch, Kind } from './batch.ts';
import type { Texts } from './choose.ts';
import { products, transpose } from './products.ts';
import type { Matrix } from './products.ts';
import { seededRandom } from './random.ts';

/** Shared by all threads. Matrices have a row for each pair of the batch unless said otherwise. */
export interface Shared {
  size: number;
  dimensions: number;
  threads: number;
  texts: Texts;
  batch: Batch;
  /** What is learnt: a vector for each row of the model. */
  vectors: Float32Array<SharedArrayBuffer>;
  /** Sum of the squares of the gradients of each row (Adagrad with one rate a row). */
  squares: Float32Array<SharedArrayBuffer>;
  /** Unit vectors of both sides, first left then right, and the lengths that they had. */
  units: Sides;
  lengths: Float64Array<SharedArrayBuffer>;
  /** Their transposes: a row for each dimension. */
  transposed: Sides;
  /** Similarities, then how wrong they are, and the transpose of that. */
  errors: Matrix;
  errorsTransposed: Matrix;
  columnSums: Float64Array<SharedArrayBuffer>;
  gradients: Sides;
  barrier: Int32Array<SharedArrayBuffer>;
}

export type Sides = [left: Matrix, right: Matrix];

/** One thread's view. */
export interface Part {
  shared: Shared;
  thread: number;
  /** The pairs of the batch that are its own. */
  from: number;
  to: number;
  wait: () => void;
  /** Zero between two steps: counts of rows, and gradients of the rows of the model that are its own. */
  counts: Uint16Array;
  rowGradients: Float32Array;
}

/** Lower looks harder at the nearest wrong texts; of 0.03 to 0.1 this found most held-out abstracts. */
const TEMPERATURE = 0.04;

export interface StepInput {
  papers: Uint32Array;
  kind: Kind;
  seed: number;
  rate: number;
}

/** Returns the mean loss of the thread's own pairs. */
export function step(part: Part, { papers, kind, seed, rate }: StepInput): number {
  const { shared, from, to, wait, counts } = part;
  for (let index = from; index < to; index++) {
    // A stream for each pair, so that each gets the same words whichever thread it falls to. (The last digits of sums
    // depend on the number of threads all the same.)
    const random = seededRandom(seed * shared.size + index);
    const paper = papers[index] as number;
    fillPair(shared.batch, index, shared.size, { texts: shared.texts, paper, kind, random, counts });
    sumText(shared, index, 0, index);
    sumText(shared, index, 1, shared.size + index);
  }
  wait();
  const rowSums = similarities(part);
  wait();
  const loss = blame(part, rowSums);
  wait();
  backToTexts(part);
  wait();
  backToRows(part, rate);
  wait();
  return loss;
}

function sumText(
  { batch, vectors, dimensions, units, lengths }: Shared,
  pair: number,
  side: 0 | 1,
  text: number,
): void {
  const sum = units[side].data.subarray(pair * dimensions, (pair + 1) * dimensions).fill(0);
  for (let at = text * MAX_ROWS; at < text * MAX_ROWS + (batch.lengths[text] as number); at++) {
    const row = (batch.rows[at] as number) * dimensions;
    const weight = batch.weights[at] as number;
    for (let k = 0; k < dimensions; k++) sum[k] = (sum[k] as number) + weight * (vectors[row + k] as number);
  }
  let square = 1e-12;
  for (const value of sum) square += value * value;
  const length = Math.sqrt(square);
  for (let k = 0; k < dimensions; k++) sum[k] = (sum[k] as number) / length;
  lengths[text] = length;
}

/** `errors` becomes e^(cosine / temperature); returns the sums of the own rows, `columnSums` gets those of the columns. */
function similarities({ shared, thread, from, to }: Part): Float64Array {
  const { units, errors, columnSums, size } = shared;
  products(units[0], units[1], errors, from, to);
  const rowSums = new Float64Array(to - from);
  const ownSums = columnSums.subarray(thread * size, (thread + 1) * size).fill(0);
  for (let i = from; i < to; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) {
      // At most e^25, so no maximum needs to be taken off.
      const value = Math.exp((errors.data[i * size + j] as number) / TEMPERATURE);
      errors.data[i * size + j] = value;
      sum += value;
      ownSums[j] = (ownSums[j] as number) + value;
    }
    rowSums[i - from] = sum;
  }
  return rowSums;
}

/** `errors` becomes the gradient of the loss by each cosine. */
function blame({ shared, thread, from, to }: Part, rowSums: Float64Array): number {
  const { errors, columnSums, size, threads, units, transposed, dimensions } = shared;
  const totals = new Float64Array(size);
  columnSums.forEach((sum, index) => (totals[index % size] = (totals[index % size] as number) + sum));
  let loss = 0;
  for (let i = from; i < to; i++) {
    const rowSum = rowSums[i - from] as number;
    loss -= Math.log((errors.data[i * size + i] as number) / rowSum);
    for (let j = 0; j < size; j++) {
      const value = errors.data[i * size + j] as number;
      const wanted = i === j ? 2 : 0;
      errors.data[i * size + j] = (value / rowSum + value / (totals[j] as number) - wanted) / (2 * TEMPERATURE);
    }
  }
  const [first, last] = [thread, thread + 1].map((part) => Math.round((part * dimensions) / threads));
  for (const side of [0, 1] as const) transpose(units[side], transposed[side], first ?? 0, last ?? dimensions);
  return loss / (to - from);
}

/** From the cosines to the sums of the texts, through their being made unit length. */
function backToTexts({ shared, from, to }: Part): void {
  const { errors, errorsTransposed, units, transposed, gradients, lengths, dimensions, size } = shared;
  transpose(errors, errorsTransposed, from, to);
  products(errors, transposed[1], gradients[0], from, to);
  products(errorsTransposed, transposed[0], gradients[1], from, to);
  for (const side of [0, 1] as const) {
    const [unit, gradient] = [units[side].data, gradients[side].data];
    for (let i = from; i < to; i++) {
      let along = 0;
      const end = (i + 1) * dimensions;
      for (let k = i * dimensions; k < end; k++) along += (unit[k] as number) * (gradient[k] as number);
      const length = lengths[side * size + i] as number;
      for (let k = i * dimensions; k < end; k++) {
        gradient[k] = ((gradient[k] as number) - along * (unit[k] as number)) / length;
      }
    }
  }
}

/** Each thread moves every `threads`-th row of the model, so that none writes what another reads. */
function backToRows({ shared, thread, counts, rowGradients }: Part, rate: number): void {
  const { batch, dimensions, threads, size, gradients } = shared;
  const touched: number[] = [];
  for (let text = 0; text < 2 * size; text++) {
    const gradient = gradients[text < size ? 0 : 1].data;
    const source = (text % size) * dimensions;
    for (let at = text * MAX_ROWS; at < text * MAX_ROWS + (batch.lengths[text] as number); at++) {
      const row = batch.rows[at] as number;
      if (row % threads !== thread) continue;
      if (counts[row] === 0) touched.push(row);
      counts[row] = 1;
      const target = Math.floor(row / threads) * dimensions;
      const weight = batch.weights[at] as number;
      for (let k = 0; k < dimensions; k++) {
        rowGradients[target + k] = (rowGradients[target + k] as number) + weight * (gradient[source + k] as number);
      }
    }
  }
  for (const row of touched) {
    counts[row] = 0;
    const start = Math.floor(row / threads) * dimensions;
    moveRow(shared, row, rowGradients.subarray(start, start + dimensions), rate);
  }
}

function moveRow({ vectors, squares, dimensions }: Shared, row: number, gradient: Float32Array, rate: number): void {
  let square = 0;
  for (const value of gradient) square += value * value;
  squares[row] = (squares[row] as number) + square / dimensions;
  const factor = rate / Math.sqrt((squares[row] as number) + 1e-8);
  for (let k = 0; k < dimensions; k++) {
    const at = row * dimensions + k;
    vectors[at] = (vectors[at] as number) - factor * (gradient[k] as number);
  }
  gradient.fill(0);
}
