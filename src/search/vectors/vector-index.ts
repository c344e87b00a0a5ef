/** The vectors of all papers, in memory: their bytes for exact cosines, and their signs to find the few worth it. */

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
  scratch: Scratch;
}

/** Reused by every search: a search is synchronous, so two never overlap. */
interface Scratch {
  /** By place: in how many signs it differs from the vector at hand. */
  distances: Uint16Array;
}

/** Two words of signs are counted at a time. */
const PADDING = 64;
/** Room for a few hundred batches before everything is copied again; a quarter would be 8 MB unused at 100 000 papers. */
const GROWTH = 1.125;
const LEAST_ROOM = 1024;

export function createVectorIndex(dimensions: number): VectorIndex {
  const stride = Math.ceil(dimensions / PADDING) * PADDING;
  return {
    dimensions,
    stride,
    count: 0,
    seqs: new Int32Array(0),
    places: new Int32Array(0),
    bytes: new Int8Array(0),
    scales: new Float32Array(0),
    signs: new Int32Array(0),
    scratch: { distances: new Uint16Array(0) },
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
  return Float32Array.from({ length: dimensions }, (_, k) => (bytes[place * stride + k] as number) * scale);
}

/** Makes room for so many rows in all, exactly if there is none yet. */
export function reserve(index: VectorIndex, rows: number): void {
  const room = index.seqs.length;
  if (rows <= room) return;
  const next = room === 0 ? rows : Math.max(rows, Math.ceil(room * GROWTH), LEAST_ROOM);
  index.seqs = lengthened(index.seqs, new Int32Array(next));
  index.bytes = lengthened(index.bytes, new Int8Array(next * index.stride));
  index.scales = lengthened(index.scales, new Float32Array(next));
  index.signs = lengthened(index.signs, new Int32Array((next * index.stride) / 32));
  index.scratch.distances = new Uint16Array(next);
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
    const room = Math.max(seq + 1, index.seqs.length, Math.ceil(index.places.length * GROWTH));
    index.places = lengthened(index.places, new Int32Array(room));
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

function lengthened<T extends Int8Array | Int32Array | Float32Array>(array: T, longer: T): T {
  longer.set(array);
  return longer;
}
