import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { readLines } from './lines.ts';
import type { Line } from './lines.ts';

async function read(pieces: readonly (Buffer | string)[], longest?: number): Promise<Line[]> {
  async function* chunks() {
    for (const piece of pieces) yield Buffer.from(piece as string);
  }
  const all: Line[] = [];
  for await (const lines of readLines(chunks(), longest)) all.push(...lines);
  return all;
}

it('numbers lines, leaves empty ones out, and needs no line feed at the end', async () => {
  assert.deepEqual(await read(['one\n\n  \nfo', 'ur\r\nfi', 've']), [
    { number: 1, text: 'one' },
    { number: 4, text: 'four\r' },
    { number: 5, text: 'five' },
  ]);
});

it('takes off a byte order mark', async () => {
  assert.deepEqual(await read(['\uFEFF{}\n{}']), [
    { number: 1, text: '{}' },
    { number: 2, text: '{}' },
  ]);
});

it('reports what is not UTF-8, and goes on', async () => {
  assert.deepEqual(await read(['fine\n', Buffer.from('caf\xe9\n', 'latin1'), 'fine\n']), [
    { number: 1, text: 'fine' },
    { number: 2, problem: 'not UTF-8 text' },
    { number: 3, text: 'fine' },
  ]);
});

it('reports lines that are too long without keeping them, and goes on', async () => {
  const pieces = [
    'short\n',
    ...Array.from({ length: 50 }, () => 'x'.repeat(1000)),
    '\nshort\n',
    `${'y'.repeat(2000)}\nend`,
  ];
  assert.deepEqual(await read(pieces, 1500), [
    { number: 1, text: 'short' },
    { number: 2, problem: 'longer than 1,500 bytes' },
    { number: 3, text: 'short' },
    { number: 4, problem: 'longer than 1,500 bytes' },
    { number: 5, text: 'end' },
  ]);
  assert.deepEqual(await read(['z'.repeat(2000)], 1500), [{ number: 1, problem: 'longer than 1,500 bytes' }]);
});

it('reads the same lines however the bytes are cut', async () => {
  const text = fc
    .array(fc.constantFrom('{"a": "é"}', '', 'x'.repeat(20), '中文 🎉', ' '), { maxLength: 12 })
    .map((lines) => lines.join('\n'));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }), async (whole, cuts) => {
      const bytes = Buffer.from(whole);
      const pieces: Buffer[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const length = (cuts[turn % cuts.length] ?? 0) + 1;
        pieces.push(bytes.subarray(at, at + length));
        at += length;
      }
      assert.deepEqual(await read(pieces, 25), await read([bytes], 25));
    }),
  );
});
