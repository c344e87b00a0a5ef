/** Opens a file, or standard input for `-`, as a stream of uncompressed bytes. */

import { createReadStream } from 'node:fs';
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { invalid } from '#platform/errors.ts';
import { compressionOf, MARK_LENGTH } from './formats.ts';
import type { Compression } from './formats.ts';
import { decompressZstd } from './zstd.ts';

export interface Input {
  /** As it stands in messages: the path, or "standard input". */
  name: string;
  chunks: AsyncIterable<Buffer>;
  compression: Compression | undefined;
  /** Bytes taken from the file so far, as they lie on the disk. */
  bytesRead(): number;
  /** Size of the file; undefined for a pipe. */
  totalBytes: number | undefined;
  /** Gives the file back to the system. Idempotent. */
  close(): void;
}

/** Reading costs no time beside parsing; larger texts would be large objects to V8, which it keeps longer. */
const CHUNK_BYTES = 64 * 1024;

const FILE_PROBLEMS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reported an error',
};

/** Throws an AppError if there is nothing that could be read. `chunks` throws one where the file breaks off. */
export async function openInput(path: string, standardInput: Readable = process.stdin): Promise<Input> {
  const isPipe = path === '-';
  const name = isPipe ? 'standard input' : path;
  const stats = isPipe ? undefined : await inspect(path);
  const source = isPipe ? standardInput : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  let read = 0;
  const raw = explained(name, source, (bytes) => (read += bytes));
  const { start, all } = await peek(raw);
  if (start.length === 0) {
    source.destroy();
    throw invalid(`${name} is empty: nothing was imported.`);
  }
  const compression = compressionOf(start);
  return {
    name,
    compression,
    chunks: compression ? explained(name, decompress(all, compression)) : all,
    bytesRead: () => read,
    totalBytes: stats?.isFile() ? stats.size : undefined,
    close: () => void source.destroy(),
  };
}

async function inspect(path: string): Promise<Stats> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    return stats;
  } catch (error) {
    throw explain(path, error);
  }
}

function decompress(chunks: AsyncIterable<Buffer>, compression: Compression): AsyncIterable<Buffer> {
  if (compression === 'zstd') return decompressZstd(chunks, CHUNK_BYTES);
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // Errors come out where the chunks are read. A stream that nobody reads yet may fail too, and must not end the process.
  gunzip.on('error', () => undefined);
  return pipeline(Readable.from(chunks), gunzip, () => undefined);
}

/** Reads until the marks of all formats would show, and gives the stream back whole. */
async function peek(chunks: AsyncIterable<Buffer>): Promise<{ start: Buffer; all: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  let done = false;
  while (start.length < MARK_LENGTH && !done) {
    const next = await iterator.next();
    done = next.done === true;
    if (!next.done) start = Buffer.concat([start, next.value]);
  }
  async function* whole() {
    try {
      if (start.length > 0) yield start;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { start, all: whole() };
}

async function* explained(
  name: string,
  chunks: AsyncIterable<Buffer>,
  count?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of chunks) {
      count?.(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw explain(name, error);
  }
}

function explain(name: string, error: unknown): unknown {
  const { code = '' } = error as { code?: string };
  const problem = FILE_PROBLEMS[code];
  if (problem !== undefined) return invalid(`Cannot read ${name}: ${problem}.`);
  if (code === 'Z_BUF_ERROR' || code === 'ERR_TRUNCATED')
    return invalid(`${name} breaks off in the middle of its compressed data: copy or download it again.`);
  if (/^(?:Z_|ZSTD_|ERR_ZSTD)/.test(code))
    return invalid(`${name} is damaged, its compressed data makes no sense: copy or download it again.`);
  return error;
}
