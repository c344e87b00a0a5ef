/** The static embedding model: a text's vector is the sum of the vectors of its words, made unit length. */

import { fileURLToPath } from 'node:url';
import type { Embeddable } from './embedder.ts';
import { readModelFile } from './model-file.ts';
import type { ModelData } from './model-file.ts';
import { newStems, readStems } from './stems.ts';
import type { Stems } from './stems.ts';
import { openVocabulary, writeRows } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import { growTo, layOut, newMemory, openWasm } from './wasm.ts';

export interface Model {
  /** Changes with every byte of the model, so that vectors of another one are recognised. */
  name: string;
  dimensions: number;
  vocabulary: Vocabulary;
  /** Of the known words, then of the rows that unknown ones share. */
  scales: Float32Array;
  vectors: Int8Array;
  /** Where in `vectors` the numbers of each row begin. */
  starts: Int32Array;
  sums: Sums;
  scratch: Scratch;
}

/** Reused by every call: encoding is synchronous, so two never overlap. */
interface Scratch {
  rows: Int32Array;
  /** How often each row occurs in the text at hand; all zero between two texts. */
  counts: Uint16Array;
  stems: Stems;
}

/** Words of one text that count: some fifty times an abstract. */
const MAX_ROWS = 8192;

/** The words that were met least in training, which say about as much as those that were not met at all. */
const RAREST = 8000;

/** 1 + ln(n): the tenth time a word is said adds little. As in training. */
const REPEAT_WEIGHTS = Float64Array.from({ length: MAX_ROWS + 1 }, (_, count) => 1 + Math.log(Math.max(count, 1)));

/** Adds vectors up, in WebAssembly: in plain JavaScript this would be half of the time of encoding. */
interface Sums {
  /** A copy, where WebAssembly reads it. */
  vectors: Int8Array;
  /** Addresses of the rows to be added, and what each is multiplied by. */
  starts: Int32Array;
  factors: Float64Array;
  sum: Float64Array;
  /** Writes to `sum` the first `rows` of them. */
  add(rows: number): void;
}

const openSum = openWasm<{
  sum(starts: number, factors: number, rows: number, dimensions: number, out: number): void;
}>(new URL('sum.wasm', import.meta.url));
/** Numbers that are read at once, also beyond the end of the last row. */
const LANES = 16;

function openSums(vectors: Int8Array, dimensions: number): Sums {
  const at = layOut({
    starts: 4 * MAX_ROWS,
    factors: 8 * MAX_ROWS,
    sum: 8 * (dimensions + LANES),
    vectors: vectors.length + LANES,
  });
  const memory = newMemory();
  growTo(memory, at.end);
  const { sum } = openSum(memory);
  const copy = new Int8Array(memory.buffer, at.vectors, vectors.length);
  copy.set(vectors);
  return {
    vectors: copy,
    starts: new Int32Array(memory.buffer, at.starts, MAX_ROWS),
    factors: new Float64Array(memory.buffer, at.factors, MAX_ROWS),
    sum: new Float64Array(memory.buffer, at.sum, dimensions),
    add: (rows) => sum(at.starts, at.factors, rows, dimensions, at.sum),
  };
}

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
  const sums = openSums(vectors, dimensions);
  return {
    name,
    dimensions,
    vocabulary,
    scales: allScales,
    vectors: sums.vectors,
    sums,
    starts: Int32Array.from(allScales.keys(), (row) => startOf(row, words.length, dimensions)),
    scratch: {
      rows: new Int32Array(MAX_ROWS),
      counts: new Uint16Array(allScales.length),
      stems: newStems(),
    },
  };
}

/**
 * Unit length; all zeros if no word of the text says anything, so its cosine with anything is 0. Written to `out` if
 * given, which must have `model.dimensions` numbers.
 */
export function encode(model: Model, text: Embeddable, out = new Float32Array(model.dimensions)): Float32Array {
  const { stems, rows } = model.scratch;
  stems.size = 0;
  if (typeof text !== 'string') {
    readStems(stems, text.title);
    readStems(stems, text.abstract);
    return encodeStems(model, stems, out);
  }
  readStems(stems, text);
  const end = writeRows(model.vocabulary, stems, rows);
  // A question of unknown words alone is near to nothing but by chance.
  const isKnown = rows.subarray(0, end).some((row) => row < model.vocabulary.known);
  return encodeRows(model, isKnown ? end : 0, out);
}

/** As `encode`, for the title and the abstract of a paper, whose stems were read before. */
export function encodeStems(model: Model, stems: Stems, out = new Float32Array(model.dimensions)): Float32Array {
  return encodeRows(model, writeRows(model.vocabulary, stems, model.scratch.rows), out);
}

/** As `encode`, for a text whose rows stand in `model.scratch.rows` up to `end`; they are used up. */
export function encodeRows(model: Model, end: number, out = new Float32Array(model.dimensions)): Float32Array {
  const { scales, starts, vectors, sums } = model;
  const { rows, counts } = model.scratch;
  const distinct = tally(rows, end, counts);
  for (let index = 0; index < distinct; index++) {
    const row = rows[index] as number;
    sums.starts[index] = vectors.byteOffset + (starts[row] as number);
    sums.factors[index] = (scales[row] as number) * repeatWeight(counts[row] as number);
    counts[row] = 0;
  }
  sums.add(distinct);
  normalise(sums.sum, out);
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
