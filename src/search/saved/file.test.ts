import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { openFile, writeFile } from './file.ts';
import type { About } from './file.ts';
import type { Arrays } from './shape.ts';

const about: About = { program: 'p', token: 't', changeNo: 7, savedAt: 8, isWorn: false };
const facts = { words: ['a', 'ü'] };
/** More than one step, with an empty array between. */
const arrays = () => ({
  large: Uint32Array.from({ length: 400_000 }, (_, at) => at * 7919),
  none: new Uint8Array(0),
  small: Int32Array.of(-1, 2),
});
const empty = (like: Arrays): Arrays =>
  Object.fromEntries(
    Object.entries(like).map(([name, array]) => [
      name,
      new (array.constructor as Uint32ArrayConstructor)(array.length),
    ]),
  );
const still = { isStill: () => true, beforeRename: async () => await Promise.resolve() };

let folder = '';
let file = '';
before(async () => (folder = await mkdtemp(join(tmpdir(), 'broadsheet-saved-'))));
beforeEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  file = join(folder, 'made', 'search-words.index');
});
after(async () => await rm(folder, { recursive: true, force: true }));

async function readBack(): Promise<Arrays> {
  const filled = empty(arrays());
  await using opened = await openFile(file);
  assert.ok(opened);
  assert.deepEqual(opened.directory.about, about);
  assert.deepEqual(opened.directory.facts, facts);
  await opened.fill(filled);
  return filled;
}

test('what was written is read, from a file that only its owner can read', async () => {
  assert.equal(await writeFile(file, about, { facts, arrays }, still), true);
  assert.deepEqual(await readBack(), arrays());
  assert.deepEqual(await readdir(join(folder, 'made')), ['search-words.index']);
  assert.equal(await openFile(join(folder, 'none')), undefined);
});

test('a file that was cut off anywhere, or is no file of ours, is damaged', async () => {
  await writeFile(file, about, { facts, arrays }, still);
  const bytes = await readFile(file);
  const cuts = [0, 1, 15, 23, 24, 1 << 20, 1_600_000, bytes.length - 25, bytes.length - 17, bytes.length - 1];
  for (const cut of cuts) {
    await write(file, bytes.subarray(0, cut));
    await assert.rejects(readBack(), { name: 'DamagedFile' }, `the first ${cut} bytes`);
  }
  await write(file, Buffer.concat([bytes.subarray(0, 100), bytes.subarray(104)]));
  await assert.rejects(readBack(), { name: 'DamagedFile' });
  await write(file, Buffer.alloc(5000, 'x'));
  await assert.rejects(readBack(), { name: 'DamagedFile' });
});

test('a bit that was flipped anywhere makes it damaged', async () => {
  await writeFile(file, about, { facts, arrays }, still);
  const bytes = await readFile(file);
  const places = [0, 1, 999_999, 1 << 20, 1_600_003, 1_600_010];
  for (let at = 1; at < 700; at += 13) places.push(bytes.length - at);
  for (const at of places.filter((place) => place < bytes.length)) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ 16;
    await write(file, flipped);
    await assert.rejects(readBack(), { name: 'DamagedFile' }, `byte ${at}`);
  }
});

test('arrays of another size are not filled', async () => {
  await writeFile(file, about, { facts, arrays }, still);
  await using opened = await openFile(file);
  await assert.rejects(async () => await opened?.fill({ ...arrays(), small: new Int32Array(3) }), {
    name: 'DamagedFile',
  });
});

test('an index that changes while it is written is not kept, and the file before it is', async () => {
  await writeFile(file, about, { facts, arrays }, still);
  let steps = 0;
  const changing = { ...still, isStill: () => ++steps < 3 };
  assert.equal(await writeFile(file, { ...about, token: 'u' }, { facts, arrays }, changing), false);
  assert.deepEqual(await readBack(), arrays());
  assert.deepEqual(await readdir(join(folder, 'made')), ['search-words.index']);
});

test('arrays may come to lie elsewhere while they are written, but not become shorter', async () => {
  const moving = () => Object.fromEntries(Object.entries(arrays()).map(([name, array]) => [name, array.slice()]));
  assert.equal(await writeFile(file, about, { facts, arrays: moving }, still), true);
  assert.deepEqual(await readBack(), arrays());
  let asked = 0;
  const shrinking = () => (++asked < 3 ? arrays() : { ...arrays(), large: new Uint32Array(0) });
  assert.equal(await writeFile(file, { ...about, token: 'u' }, { facts, arrays: shrinking }, still), false);
  assert.deepEqual(await readBack(), arrays());
});

test('where writing fails nothing is left behind, and the file before it stays', async () => {
  await writeFile(file, about, { facts, arrays }, still);
  const failing = { ...still, beforeRename: async () => await Promise.reject(new Error('the database is away')) };
  await assert.rejects(writeFile(file, about, { facts, arrays }, failing), /away/);
  assert.deepEqual(await readBack(), arrays());
  const taken = join(folder, 'taken');
  await mkdir(join(taken, 'full'), { recursive: true });
  await assert.rejects(writeFile(taken, about, { facts, arrays }, still));
  assert.deepEqual((await readdir(folder)).toSorted(), ['made', 'taken']);
  await assert.rejects(writeFile(join(file, 'below-a-file'), about, { facts, arrays }, still));
});

test('two who write at once leave one whole file, and what a killed one left is removed after an hour', async () => {
  await writeFile(file, about, { facts, arrays }, still);
  for (const age of [30, 90]) {
    await write(`${file}.${age}.part`, 'x');
    const then = new Date(Date.now() - age * 60_000);
    await utimes(`${file}.${age}.part`, then, then);
  }
  const both = await Promise.all([1, 2].map(async () => await writeFile(file, about, { facts, arrays }, still)));
  assert.deepEqual(both, [true, true]);
  assert.deepEqual(await readBack(), arrays());
  assert.deepEqual((await readdir(join(folder, 'made'))).toSorted(), [
    'search-words.index',
    'search-words.index.30.part',
  ]);
});
