/** The file of the embedding model: what is in it, byte by byte, and how damage is noticed. */

import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { AppError } from '#platform/errors.ts';

/** Little-endian, in this order: header (see `HEADER`), `scales` (float32), `vectors` (int8), the words as UTF-8 lines. */
export interface ModelData {
  dimensions: number;
  /** The stem of each row. */
  words: readonly string[];
  /** What the numbers of each row are to be multiplied by; 0 for a word that says nothing. */
  scales: Float32Array;
  vectors: Int8Array;
}

/** The first eight bytes; the last one counts the formats. */
const MAGIC = 'BSEMBED2';
/** Magic, then as uint32: CRC-32 of all that follows it, dimensions, words. */
const HEADER = 20;
const COVERED = MAGIC.length + 4;

export function packModel({ dimensions, words, scales, vectors }: ModelData): Buffer {
  const body = Buffer.concat([bytesOf(scales), bytesOf(vectors), Buffer.from(words.join('\n'))]);
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(dimensions, COVERED);
  header.writeUInt32LE(words.length, COVERED + 4);
  header.writeUInt32LE(crc32(body, crc32(header.subarray(COVERED))), MAGIC.length);
  return Buffer.concat([header, body]);
}

/** Throws an `AppError` that names the file if it is missing, damaged or no model. */
export function readModelFile(file: string): ModelData & { checksum: number } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new AppError('not-found', `The embedding model ${file} cannot be read.`, { cause, hint: REPAIR });
  }
  return unpackModel(bytes, file);
}

const REPAIR = 'Restore the file from the release, or make one with `npm run train`.';

export function unpackModel(bytes: Buffer, file: string): ModelData & { checksum: number } {
  const broken = (what: string): AppError =>
    new AppError('invalid', `The embedding model ${file} ${what}.`, { hint: REPAIR });
  if (bytes.length < HEADER || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw broken('is not a model file');
  const checksum = bytes.readUInt32LE(MAGIC.length);
  if (crc32(bytes.subarray(COVERED)) !== checksum) throw broken('is damaged: its checksum is not that of its content');
  const dimensions = bytes.readUInt32LE(COVERED);
  const wordCount = bytes.readUInt32LE(COVERED + 4);
  const vectorsAt = HEADER + 4 * wordCount;
  const wordsAt = vectorsAt + wordCount * dimensions;
  const words = bytes.toString('utf8', wordsAt).split('\n');
  if (words.length !== wordCount) throw broken(`has ${words.length} words where ${wordCount} were announced`);
  // Numbers of four bytes must stand at multiples of four, where a piece of a buffer need not begin; the vectors, almost
  // all of the file, stay where they are.
  const scales = new Float32Array(Uint8Array.from(bytes.subarray(HEADER, vectorsAt)).buffer);
  if (!scales.every(Number.isFinite)) throw broken('is damaged: some of its scales are no numbers');
  const vectors = new Int8Array(bytes.buffer, bytes.byteOffset + vectorsAt, wordCount * dimensions);
  return { dimensions, words, scales, vectors, checksum };
}

function bytesOf(array: Float32Array | Int8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
