import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '#search/train/random.ts';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';

test('numbers come back in order, however many and however large', () => {
  const random = seededRandom(1);
  for (const size of [0, 1, 2, 10, 127, 128, 500]) {
    for (const highest of [500, 100_000, 2 ** 31]) {
      const numbers = new Set<number>();
      while (numbers.size < Math.min(size, highest)) numbers.add(Math.floor(random() * highest));
      const packed = packNumbers([...numbers]);
      assert.match(packed, /^[\w-]*$/);
      assert.deepEqual(
        unpackNumbers(packed),
        [...numbers].toSorted((a, b) => a - b),
      );
    }
  }
});

test('ten papers of a hundred thousand take less than thirty characters, five hundred less than 1400', () => {
  const spread = (size: number) => Array.from({ length: size }, (_, at) => Math.floor(((at + 0.5) * 100_000) / size));
  assert.ok(packNumbers(spread(10)).length < 30, packNumbers(spread(10)));
  assert.ok(packNumbers(spread(500)).length < 1400);
});

test('what was cut off, lengthened or made up is not read', () => {
  const packed = packNumbers([3, 900, 70_000]);
  for (let end = 0; end < packed.length; end++) assert.equal(unpackNumbers(packed.slice(0, end)), undefined);
  for (const bytes of [6, 8, 20, 200, 3000]) {
    for (const filler of [0xff, 0x80]) {
      const forged = Buffer.from([1, ...Array.from({ length: bytes }, () => filler), 1]).toString('base64url');
      assert.ok((unpackNumbers(forged) ?? []).every(Number.isSafeInteger), `${bytes} bytes`);
    }
  }
  for (const text of [`${packed}A`, `${packed}AQ`, ` ${packed}`, `${packed}=`, 'AAA', 'AgEA', 'ü', '_____________w8']) {
    assert.equal(unpackNumbers(text), undefined, text);
  }
});
