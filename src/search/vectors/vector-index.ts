/** The vectors of all papers, in memory: their bytes for exact cosines, and their signs to find the few worth it. */

import { growTo, layOut, newMemory, openWasm } from '../wasm.ts';
import type { WasmMemory } from '../wasm.ts';

/** Rows stand in no particular order; the place of a row changes when another one is removed. */
export interface VectorIndex {
  dimensions: number;
  /** Numbers a row takes in `bytes`: the dimensions, and zeros up to a multiple of 64. */
  stride: number;
  /** Rows in use. */
  count: number;
  /** By place. */
  seqs: Int32Array;
  /** By `papers.seq`: the place plus one, 0 for none. A `Map` would take ten times the memory. */
  places: Int32Array;
  /** By place, `stride` numbers each, as `packVector` makes them. */
  bytes: Int8Array;
  /** By place: what makes the bytes a vector of unit length. */
  scales: Float32Array;
  /** By place, `stride / 32` words each: a bit for each number, 1 where it is negative. */
  signs: Int32Array;
  sift: Sift;
  scan: Scan;
  /** Holds the arrays above and what scans write. */
  memory: WasmMemory;
  at: Addresses;
  /** The vector that the memory holds as the question, and what makes the numbers there unit length again. */
  asked: { vector: Float32Array; factor: number } | undefined;
}

/** The functions of sift.wat, which says what they do. */
export interface Sift {
  sift(
    signs: number,
    rowBytes: number,
    count: number,
    most: number,
    seqs: number,
    accepted: number,
    end: number,
    counts: number,
    distances: number,
    out: number,
  ): number;
  few(accepted: number, end: number, places: number, most: number, out: number): number;
  keep(pool: number, cosines: number, size: number, limit: number, steps: number): number;
}

/** The functions of scan.wat, which says what they do. All numbers but the last `factor`s are addresses or sizes. */
export interface Scan {
  cosines(
    bytes: number,
    scales: number,
    places: number,
    size: number,
    question: number,
    stride: number,
    factor: number,
    out: number,
  ): void;
  closeness(bytes: number, scales: number, places: number, size: number, stride: number, out: number): void;
}

/** Papers that are asked about by their numbers in one go; as many answers there are at most. */
export const ASKED = 1024;

/** Steps between cosines of 1 and -1, in which those worth sorting are told. */
export const STEPS = 2048;

const openSift = openWasm<Sift>(new URL('sift.wasm', import.meta.url));
const openScan = openWasm<Scan>(new URL('scan.wasm', import.meta.url));

type Addresses = ReturnType<typeof addressesFor>;

/**
 * Of an index with room for so many rows, and for papers below `seqs`. The signs of the question must be at 0, what moves
 * when it grows comes last.
 */
function addressesFor(stride: number, rows: number, seqs: number) {
  return layOut({
    askedSigns: stride / 8,
    /** 16 bits a number. */
    asked: 2 * stride,
    /** Places of papers that are asked about, and what is found of them. */
    askedPlaces: 4 * ASKED,
    answers: 4 * ASKED,
    /** By distance, then by step of the cosine: how many rows have it. */
    counts: 4 * (Math.max(stride, STEPS) + 1),
    bytes: rows * stride,
    signs: (rows * stride) / 8,
    scales: rows * 4,
    seqs: rows * 4,
    places: seqs * 4,
    /** By `papers.seq`: 1 if it is accepted; sixteen are read together. */
    accepted: seqs + 16,
    /** In the order of `pool`: in how many signs they differ from the question, 16 bits. */
    distances: rows * 2,
    /** Places of the rows that get an exact cosine, and their cosines. */
    pool: rows * 4,
    cosines: rows * 4,
  });
}

/** Of two words of signs, which is also more than WebAssembly reads of a row at a time. */
const PADDING = 64;
/** Room for a few hundred batches before everything is copied again; a quarter would be 8 MB unused at 100 000 papers. */
const GROWTH = 1.125;
const LEAST_ROOM = 1024;

export function createVectorIndex(dimensions: number): VectorIndex {
  const stride = Math.ceil(dimensions / PADDING) * PADDING;
  const memory = newMemory();
  return {
    dimensions,
    stride,
    count: 0,
    seqs: new Int32Array(0),
    places: new Int32Array(0),
    bytes: new Int8Array(0),
    scales: new Float32Array(0),
    signs: new Int32Array(0),
    sift: openSift(memory),
    scan: openScan(memory),
    memory,
    at: addressesFor(stride, 0, 0),
    asked: undefined,
  };
}

/**
 * `packed` holds the vectors of `seqs` one after another. A paper that is known is replaced. One whose vector is all
 * zeros is near to nothing, so it is left out.
 */
export function setVectors(index: VectorIndex, seqs: readonly number[], packed: Int8Array): void {
  reserve(index, index.count + seqs.length);
  seqs.forEach((seq, at) => {
    const place = placeFor(index, seq);
    writeRow(index, place, packed, at * index.dimensions);
    if (index.scales[place] === 0) removeVector(index, seq);
  });
}

export function removeVector(index: VectorIndex, seq: number): void {
  const place = placeOf(index, seq);
  if (place < 0) return;
  const last = --index.count;
  const { stride, seqs, places, bytes, scales, signs } = index;
  const moved = seqs[last] as number;
  bytes.copyWithin(place * stride, last * stride, (last + 1) * stride);
  signs.copyWithin((place * stride) / 32, (last * stride) / 32, ((last + 1) * stride) / 32);
  scales[place] = scales[last] as number;
  seqs[place] = moved;
  places[moved] = place + 1;
  places[seq] = 0;
}

/** Below 0 if the paper has no vector. */
export function placeOf({ places }: VectorIndex, seq: number): number {
  return (places[seq] ?? 0) - 1;
}

/** Of unit length. */
export function vectorOf(index: VectorIndex, seq: number): Float32Array | undefined {
  const place = placeOf(index, seq);
  if (place < 0) return undefined;
  const { stride, dimensions, bytes, scales } = index;
  const scale = scales[place] as number;
  const vector = new Float32Array(dimensions);
  for (let k = 0, from = place * stride; k < dimensions; k++) vector[k] = (bytes[from + k] as number) * scale;
  return vector;
}

/** Makes room for so many rows in all, exactly if there is none yet. */
export function reserve(index: VectorIndex, rows: number): void {
  const room = index.seqs.length;
  if (rows <= room) return;
  const next = room === 0 ? rows : Math.max(rows, Math.ceil(room * GROWTH), LEAST_ROOM);
  makeRoom(index, next, index.places.length);
}

/** Moves what there is to its new addresses, which are higher: the last region first, so that none is written over. */
function makeRoom(index: VectorIndex, rows: number, seqs: number): void {
  const { memory, at, stride, count } = index;
  // Read before the memory grows, which empties the views of it.
  const known = index.places.length;
  const to = addressesFor(stride, rows, seqs);
  growTo(memory, to.end);
  const { buffer } = memory;
  const all = new Uint8Array(buffer);
  all.copyWithin(to.places, at.places, at.places + known * 4);
  all.copyWithin(to.seqs, at.seqs, at.seqs + count * 4);
  all.copyWithin(to.scales, at.scales, at.scales + count * 4);
  all.copyWithin(to.signs, at.signs, at.signs + (count * stride) / 8);
  index.bytes = new Int8Array(buffer, to.bytes, rows * stride);
  index.signs = new Int32Array(buffer, to.signs, (rows * stride) / 32);
  index.scales = new Float32Array(buffer, to.scales, rows);
  index.seqs = new Int32Array(buffer, to.seqs, rows);
  index.places = new Int32Array(buffer, to.places, seqs);
  // What lay there before is no padding: the rows to come are zero up to their stride, and papers to come have no place.
  index.bytes.fill(0, count * stride);
  index.signs.fill(0, (count * stride) / 32);
  index.places.fill(0, known);
  index.at = to;
}

/**
 * Writes the signs of the vector that begins at `from` to `into`, and returns the sum of its squares. Both in one loop:
 * when 100 000 vectors are loaded this is half of the time.
 */
export function writeSigns(packed: Int8Array, from: number, dimensions: number, into: Int32Array, at: number): number {
  let square = 0;
  for (let word = at, k = from; k < from + dimensions; word++) {
    let bits = 0;
    for (let bit = 0; bit < 32 && k < from + dimensions; bit++, k++) {
      const value = packed[k] as number;
      square += value * value;
      bits |= (value >>> 31) << bit;
    }
    into[word] = bits;
  }
  return square;
}

function placeFor(index: VectorIndex, seq: number): number {
  const known = placeOf(index, seq);
  if (known >= 0) return known;
  if (seq >= index.places.length) {
    makeRoom(index, index.seqs.length, Math.max(seq + 1, index.seqs.length, Math.ceil(index.places.length * GROWTH)));
  }
  const place = index.count++;
  index.seqs[place] = seq;
  index.places[seq] = place + 1;
  return place;
}

function writeRow(index: VectorIndex, place: number, packed: Int8Array, from: number): void {
  const { stride, dimensions, bytes, scales, signs } = index;
  bytes.set(packed.subarray(from, from + dimensions), place * stride);
  const square = writeSigns(packed, from, dimensions, signs, (place * stride) / 32);
  scales[place] = square === 0 ? 0 : 1 / Math.sqrt(square);
}
