/** Decompresses .zst files of any number of frames; Node's own stream stops silently after the first (24.21). */

import { Readable, pipeline } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';

// The format: RFC 8878, sections 3.1.1 (frames and blocks) and 3.1.2 (skippable frames).
const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const RUN_LENGTH_BLOCK = 1;

/** Exactly this many bytes; throws where the stream is shorter. */
type Take = (bytes: number) => Promise<Buffer>;

/** Errors carry a `code`: `ERR_TRUNCATED`, `ZSTD_…`. */
export async function* decompressZstd(chunks: AsyncIterable<Buffer>, chunkSize: number): AsyncGenerator<Buffer> {
  const { take, atEnd } = reader(chunks);
  while (!(await atEnd())) {
    const magic = await take(4);
    if ((magic.readUInt32LE() & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      let rest = (await take(4)).readUInt32LE();
      for (; rest > 0; rest -= Math.min(rest, chunkSize)) await take(Math.min(rest, chunkSize));
      continue;
    }
    if (magic.readUInt32LE() !== MAGIC) throw coded('ZSTD_error_prefix_unknown');
    // The callback is needed for errors to be handled; they also come out of the stream.
    yield* pipeline(Readable.from(frame(magic, take)), createZstdDecompress({ chunkSize }), () => undefined);
  }
}

/** The bytes of one frame, block by block. */
async function* frame(magic: Buffer, take: Take): AsyncGenerator<Buffer> {
  const descriptor = await take(1);
  const flags = descriptor.readUInt8();
  const isSingleSegment = (flags & 0x20) !== 0;
  const sizeBytes = CONTENT_SIZE_BYTES[flags >> 6] || (isSingleSegment ? 1 : 0);
  const headerBytes = (isSingleSegment ? 0 : 1) + (DICTIONARY_ID_BYTES[flags & 3] ?? 0) + sizeBytes;
  yield Buffer.concat([magic, descriptor, await take(headerBytes)]);
  for (let isLast = false; !isLast;) {
    const header = await take(BLOCK_HEADER_BYTES);
    const value = header.readUIntLE(0, BLOCK_HEADER_BYTES);
    isLast = (value & 1) === 1;
    yield Buffer.concat([header, await take(((value >> 1) & 3) === RUN_LENGTH_BLOCK ? 1 : value >> 3)]);
  }
  if ((flags & 4) !== 0) yield await take(CHECKSUM_BYTES);
}

function reader(chunks: AsyncIterable<Buffer>): { take: Take; atEnd(): Promise<boolean> } {
  const iterator = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async () => {
    const next = await iterator.next();
    if (!next.done) held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    return next.done !== true;
  };
  return {
    take: async (bytes) => {
      while (held.length < bytes) if (!(await more())) throw coded('ERR_TRUNCATED');
      const taken = held.subarray(0, bytes);
      held = held.subarray(bytes);
      return taken;
    },
    atEnd: async () => {
      while (held.length === 0) if (!(await more())) return true;
      return false;
    },
  };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
