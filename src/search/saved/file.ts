/**
 * The file of a saved index: its arrays one after another, then as JSON what they are, then how long that is and its
 * checksum. What comes last is written last, so a file that was cut off has no end that fits.
 */

import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Arrays, Numbers } from './shape.ts';

/** What is said of the whole. */
export interface About {
  /** Of the program that made it; another one may number or arrange things otherwise. */
  program: string;
  /** Told to the database before the file takes its place. */
  token: string;
  /** Changes up to this one are in it. */
  changeNo: number;
  /** Epoch ms. */
  savedAt: number;
  /** Whether so many of its papers were replaced that one from nothing would be better. */
  isWorn: boolean;
}

export interface Directory {
  about: About;
  facts: unknown;
  arrays: { name: string; bytes: number; crc: number }[];
}

/** Written or read in one go: a millisecond, after which others have their turn. */
const STEP = 1 << 20;
const MAGIC = Buffer.from('broadsheet index');
/** Length and checksum of the JSON, and what tells our files. */
const END_BYTES = 8 + MAGIC.length;
/** What a process that was killed has left behind is removed after this. */
const ABANDONED_MS = 3_600_000;

/** Why a file is not what it should be, in words for the log. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/**
 * False, and nothing changed, if the index changed meanwhile (`isStill`). `beforeRename` is called when all is on the
 * disk. A file that is there keeps its place until then, and if anything fails.
 */
export async function writeFile(
  file: string,
  about: About,
  { facts, arrays }: { facts: unknown; arrays: () => Arrays },
  { isStill, beforeRename }: { isStill: () => boolean; beforeRename: () => Promise<void> },
): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  await removeAbandoned(file);
  // A name of its own, so that two who write at once are not in each other's way.
  const written = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(written, 'wx', 0o600);
    try {
      const entries: Directory['arrays'] = [];
      const room = new Uint8Array(STEP);
      for (const [name, { byteLength: bytes }] of Object.entries(arrays())) {
        const step = (at: number) => stepOf(arrays()[name], bytes, at, room);
        const crc = await writeSteps(handle, Math.ceil(bytes / STEP), (at) => (isStill() ? step(at) : undefined));
        if (crc === undefined || !isStill()) return false;
        entries.push({ name, bytes, crc });
      }
      await handle.writeFile(endOf({ about, facts, arrays: entries }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename();
    await rename(written, file);
  } finally {
    await rm(written, { force: true });
  }
  return true;
}

/** Returns the checksum of all steps; undefined if one of them is no longer to be had. */
async function writeSteps(
  handle: FileHandle,
  steps: number,
  stepAt: (at: number) => Uint8Array | undefined,
): Promise<number | undefined> {
  let crc = 0;
  for (let at = 0; at < steps; at++) {
    const step = stepAt(at);
    if (step === undefined) return undefined;
    crc = crc32(step, crc);
    await handle.writeFile(step);
  }
  return crc;
}

/** A copy in `room`: while it is written, the array may come to lie elsewhere. Undefined if it is no longer as long as it was. */
function stepOf(array: Numbers | undefined, bytes: number, at: number, room: Uint8Array): Uint8Array | undefined {
  if (array?.byteLength !== bytes) return undefined;
  const step = bytesOf(array).subarray(at * STEP, (at + 1) * STEP);
  room.set(step);
  return room.subarray(0, step.length);
}

function endOf(directory: Directory): Buffer {
  const json = Buffer.from(JSON.stringify(directory));
  const end = Buffer.alloc(8);
  end.writeUInt32LE(json.length, 0);
  end.writeUInt32LE(crc32(json), 4);
  return Buffer.concat([json, end, MAGIC]);
}

async function removeAbandoned(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith('.part')) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}

export interface OpenFile extends AsyncDisposable {
  directory: Directory;
  /** Of the whole file. */
  bytes: number;
  /** Fills the arrays, which must be as long as the directory says. */
  fill(arrays: Arrays): Promise<void>;
}

/** Undefined if there is none. Throws a `DamagedFile` if it is not whole, here or when the arrays are filled. */
export async function openFile(file: string): Promise<OpenFile | undefined> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const directory = await readDirectory(handle, size);
    return {
      directory,
      bytes: size,
      fill: async (arrays) => await fill(handle, directory, arrays),
      [Symbol.asyncDispose]: async () => await handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readDirectory(handle: FileHandle, size: number): Promise<Directory> {
  if (size < END_BYTES) throw new DamagedFile('it is cut off');
  const end = Buffer.alloc(END_BYTES);
  await readInto(handle, end, size - END_BYTES);
  if (!end.subarray(8).equals(MAGIC)) throw new DamagedFile('it is cut off');
  const length = end.readUInt32LE(0);
  const start = size - END_BYTES - length;
  if (start < 0) throw new DamagedFile('it is damaged at its end');
  const json = Buffer.alloc(length);
  await readInto(handle, json, start);
  if (crc32(json) !== end.readUInt32LE(4)) throw new DamagedFile('it is damaged at its end');
  const directory = JSON.parse(json.toString()) as Directory;
  const bytes = directory.arrays.reduce((sum, array) => sum + array.bytes, 0);
  if (bytes !== start) throw new DamagedFile('it is cut off');
  return directory;
}

async function fill(handle: FileHandle, { arrays: entries }: Directory, arrays: Arrays): Promise<void> {
  let position = 0;
  for (const { name, bytes, crc } of entries) {
    const array = arrays[name];
    if (array?.byteLength !== bytes) throw new DamagedFile(`it has ${bytes} bytes of ${name}, which have no place`);
    if ((await readArray(handle, bytesOf(array), position)) !== crc) throw new DamagedFile('its checksum is wrong');
    position += bytes;
  }
}

/** Returns its checksum, which is made of one step while the next one is read. */
async function readArray(handle: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  const read = async (at: number) => await readInto(handle, bytes.subarray(at, at + STEP), position + at);
  let crc = 0;
  let reading = read(0);
  for (let at = 0; at < bytes.length; at += STEP) {
    await reading;
    reading = read(at + STEP);
    crc = crc32(bytes.subarray(at, at + STEP), crc);
  }
  await reading;
  return crc;
}

async function readInto(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new DamagedFile('it is cut off');
    done += bytesRead;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
