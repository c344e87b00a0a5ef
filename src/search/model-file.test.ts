/** The model file comes back as it was written, and damage anywhere in it is noticed. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AppError } from '#platform/errors.ts';
import { loadModel } from './embed.ts';
import { packModel, unpackModel } from './model-file.ts';

const model = {
  dimensions: 4,
  words: ['graph', 'schrodinger', '深度'],
  scales: Float32Array.of(0.5, 1, 2),
  vectors: Int8Array.from({ length: 12 }, (_, index) => 10 * index - 60),
};
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-model-'));
after(() => rmSync(folder, { recursive: true }));

test('what was packed is unpacked', () => {
  const { checksum, ...unpacked } = unpackModel(packModel(model), 'a.bin');
  assert.deepEqual(unpacked, model);
  assert.ok(checksum > 0);
});

test('a byte changed anywhere, a byte less or a byte more is an error that names the file', () => {
  const bytes = packModel(model);
  const damaged = [
    ...Array.from(bytes, (_, at) => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))),
    bytes.subarray(0, -1),
    Buffer.concat([bytes, Buffer.of(0)]),
    Buffer.alloc(0),
  ];
  for (const wrong of damaged) {
    assert.throws(
      () => unpackModel(wrong, 'a.bin'),
      (error) => error instanceof AppError && error.message.includes('a.bin') && error.hint !== undefined,
    );
  }
});

test('scales that are no numbers are damage, though the checksum be right', () => {
  for (const wrong of [Number.NaN, Infinity]) {
    const bytes = packModel({ ...model, scales: Float32Array.of(0.5, wrong, 2) });
    assert.throws(() => unpackModel(bytes, 'a.bin'), /a\.bin is damaged: some of its scales are no numbers/);
  }
});

test('a missing file and a file of something else say what to do', () => {
  const file = join(folder, 'other.bin');
  writeFileSync(file, 'PK and so on, but no model at all');
  assert.throws(() => loadModel(file), /other\.bin is not a model file/);
  assert.throws(() => loadModel(join(folder, 'none.bin')), /none\.bin cannot be read/);
});
