/** The static embedding model: a text's vector is the sum of the vectors of its words, made unit length. */

import { fileURLToPath } from 'node:url';
import { readModelFile } from './model-file.ts';
import type { ModelData } from './model-file.ts';
import { openVocabulary, writeRows } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Model {
  /** Changes with every byte of the model, so that vectors of another one are recognised. */
  name: string;
  dimensions: number;
  vocabulary: Vocabulary;
  /** Of the known words, then of the rows that unknown ones share. */
  scales: Float32Array;
  vectors: Int8Array;
  /** Where the numbers of each row begin. */
  starts: Int32Array;
  scratch: Scratch;
}

/** Reused by every call: encoding is synchronous, so two never overlap. */
interface Scratch {
  rows: Int32Array;
  /** How often each row occurs in the text at hand; all zero between two texts. */
  counts: Uint16Array;
  sum: Float64Array;
}

/** What is to be encoded: a query or a paper. */
export type Embeddable = string | { title: string; abstract: string };

/** Words of one text that count: some fifty times an abstract. */
const MAX_ROWS = 8192;

/** The words that were met least in training, which say about as much as those that were not met at all. */
const RAREST = 8000;

/** 1 + ln(n): the tenth time a word is said adds little. As in training. */
const REPEAT_WEIGHTS = Float64Array.from({ length: MAX_ROWS + 1 }, (_, count) => 1 + Math.log(Math.max(count, 1)));

const SHIPPED = fileURLToPath(new URL('model/broadsheet-embed.bin', import.meta.url));

/** Takes some 30 ms. Throws an `AppError` if the file is missing or damaged. */
export function loadModel(file: string = SHIPPED): Model {
  const data = readModelFile(file);
  return openModel(data, `broadsheet-${data.checksum.toString(16).padStart(8, '0')}`);
}

export function openModel({ dimensions, words, scales, vectors }: ModelData, name: string): Model {
  const vocabulary = openVocabulary(words, scales);
  const allScales = new Float32Array(words.length + vocabulary.strangers).fill(median(scales.slice(-RAREST)));
  allScales.set(scales);
  return {
    name,
    dimensions,
    vocabulary,
    scales: allScales,
    vectors,
    starts: Int32Array.from(allScales.keys(), (row) => startOf(row, words.length, dimensions)),
    scratch: {
      rows: new Int32Array(MAX_ROWS),
      counts: new Uint16Array(allScales.length),
      sum: new Float64Array(dimensions),
    },
  };
}

/**
 * Unit length; all zeros if no word of the text says anything, so its cosine with anything is 0. Written to `out` if
 * given, which must have `model.dimensions` numbers.
 */
export function encode(model: Model, text: Embeddable, out = new Float32Array(model.dimensions)): Float32Array {
  const { rows } = model.scratch;
  let end = 0;
  if (typeof text === 'string') {
    end = writeRows(model.vocabulary, text, rows, 0);
    // A question of unknown words alone is near to nothing but by chance.
    const known = model.vocabulary.rows.size;
    if (!rows.subarray(0, end).some((row) => row < known)) end = 0;
  } else {
    end = writeRows(model.vocabulary, text.title, rows, 0);
    end = writeRows(model.vocabulary, text.abstract, rows, end);
  }
  return encodeRows(model, end, out);
}

/** As `encode`, for a text whose rows stand in `model.scratch.rows` up to `end`; they are used up. */
export function encodeRows(model: Model, end: number, out = new Float32Array(model.dimensions)): Float32Array {
  const { rows, counts, sum } = model.scratch;
  const distinct = tally(rows, end, counts);
  sum.fill(0);
  addRows(model, distinct);
  for (let index = 0; index < distinct; index++) counts[rows[index] as number] = 0;
  normalise(sum, out);
  return out;
}

/** Leaves each row once at the start of `rows`, with its number of occurrences in `counts`; returns how many there are. */
export function tally(rows: Int32Array, end: number, counts: Uint16Array): number {
  let distinct = 0;
  for (let index = 0; index < end; index++) {
    const row = rows[index] as number;
    if (counts[row] === 0) rows[distinct++] = row;
    counts[row] = (counts[row] as number) + 1;
  }
  return distinct;
}

export function repeatWeight(count: number): number {
  return REPEAT_WEIGHTS[count] as number;
}

/** Four rows at a time, so that the sum is read and written a quarter as often: this is half of the time of encoding. */
function addRows({ dimensions, scales, vectors, starts, scratch }: Model, distinct: number): void {
  const { rows, counts, sum } = scratch;
  const factor = (index: number): number => {
    const row = rows[index] as number;
    return index < distinct ? (scales[row] as number) * repeatWeight(counts[row] as number) : 0;
  };
  const start = (index: number): number => (index < distinct ? (starts[rows[index] as number] as number) : 0);
  for (let index = 0; index < distinct; index += 4) {
    const [a, b, c, d] = [factor(index), factor(index + 1), factor(index + 2), factor(index + 3)];
    const [atA, atB, atC, atD] = [start(index), start(index + 1), start(index + 2), start(index + 3)];
    for (let k = 0; k < dimensions; k++) {
      sum[k] =
        (sum[k] as number) +
        a * (vectors[atA + k] as number) +
        b * (vectors[atB + k] as number) +
        c * (vectors[atC + k] as number) +
        d * (vectors[atD + k] as number);
    }
  }
}

/**
 * Unknown words read from the middle of a known word's row to the middle of the next: a direction that is as good as
 * random, always the same for a word, and takes no memory. So a name that the model never met still finds the papers
 * that have it.
 */
function startOf(row: number, known: number, dimensions: number): number {
  return row < known ? row * dimensions : (row - known) * dimensions + (dimensions >> 1);
}

function median(values: Float32Array): number {
  return values.toSorted()[values.length >> 1] ?? 0;
}

function normalise(sum: Float64Array, out: Float32Array): void {
  let square = 0;
  for (const value of sum) square += value * value;
  const factor = square === 0 ? 0 : 1 / Math.sqrt(square);
  for (let k = 0; k < sum.length; k++) out[k] = (sum[k] as number) * factor;
}
