import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { openInput } from './open.ts';

/** Hardly compressible, so that what is cut off is really missing. */
const CONTENT = Buffer.from(Array.from({ length: 30_000 }, (_, at) => `${at} ${Math.sin(at)}\n`).join(''));
const HALVES = [CONTENT.subarray(0, 100_001), CONTENT.subarray(100_001)] as const;
/** As the zstd program does by default. */
const CHECKED = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const SKIPPABLE_FRAME = Buffer.from('502a4d1804000000aabbccdd', 'hex');

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-open-'));
});
after(async () => await rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer): Promise<Buffer> {
  const file = join(folder, 'file');
  await writeFile(file, bytes);
  const input = await openInput(file);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of input.chunks) chunks.push(chunk);
    assert.equal(input.bytesRead(), bytes.length);
    assert.equal(input.totalBytes, bytes.length);
  } finally {
    input.close();
  }
  return Buffer.concat(chunks);
}

describe('reads by content, not by name', () => {
  const files: Record<string, Buffer> = {
    'plain text': CONTENT,
    'a single byte': Buffer.from('x'),
    gzip: gzipSync(CONTENT),
    'gzip in several members': Buffer.concat(HALVES.map((half) => gzipSync(half))),
    zstd: zstdCompressSync(CONTENT),
    'zstd with a checksum': zstdCompressSync(CONTENT, CHECKED),
    'zstd in several frames': Buffer.concat([
      SKIPPABLE_FRAME,
      ...HALVES.map((half) => zstdCompressSync(half)),
      SKIPPABLE_FRAME,
    ]),
  };
  for (const [what, bytes] of Object.entries(files)) {
    it(what, async () => assert.ok((await read(bytes)).equals(what === 'a single byte' ? bytes : CONTENT)));
  }

  it('standard input, in small pieces', async () => {
    const zipped = gzipSync(CONTENT);
    const pieces = Readable.from([zipped.subarray(0, 1), zipped.subarray(1, 3), zipped.subarray(3)]);
    const input = await openInput('-', pieces);
    assert.deepEqual([input.name, input.compression, input.totalBytes], ['standard input', 'gzip', undefined]);
    const chunks: Buffer[] = [];
    for await (const chunk of input.chunks) chunks.push(chunk);
    assert.ok(Buffer.concat(chunks).equals(CONTENT));
  });
});

describe('says in one line what is wrong with', () => {
  const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 20);
  const spoilt = (bytes: Buffer) =>
    Buffer.concat([bytes.subarray(0, 5000), Buffer.alloc(300, 0x4d), bytes.subarray(5300)]);
  for (const [what, bytes, message] of [
    ['an empty file', Buffer.alloc(0), /is empty: nothing was imported\.$/],
    [
      'a .gz that was cut off',
      cut(gzipSync(CONTENT)),
      /breaks off in the middle of its compressed data: copy or download it again\.$/,
    ],
    ['a .gz that was cut off at once', gzipSync(CONTENT).subarray(0, 3), /breaks off/],
    ['a .zst that was cut off', cut(zstdCompressSync(CONTENT)), /breaks off/],
    ['a damaged .gz', spoilt(gzipSync(CONTENT)), /is damaged, its compressed data makes no sense/],
    ['a damaged .zst', spoilt(zstdCompressSync(CONTENT, CHECKED)), /is damaged/],
    ['a .gz with something else behind', Buffer.concat([gzipSync(CONTENT), Buffer.from('garbage')]), /is damaged/],
  ] as const) {
    it(what, async () => await assert.rejects(read(bytes), { name: 'AppError', kind: 'invalid', message }));
  }

  it('a file that is not there, and a folder', async () => {
    await assert.rejects(openInput(join(folder, 'nothing')), {
      kind: 'invalid',
      message: /^Cannot read .*: there is no such file\.$/,
    });
    await assert.rejects(openInput(folder), { kind: 'invalid', message: /it is a folder; name the files in it\.$/ });
  });
});
