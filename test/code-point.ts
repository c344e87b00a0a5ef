/** Any character for property tests: as fast-check's `binary`, which keeps a table of all of them, for seconds and 100 MB. */

import fc from 'fast-check';

/** Halves of pairs are no characters. */
const HALVES = { from: 0xd800, count: 0x800 };

/** As `unit` of `fc.string`. */
export const codePoint: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10_ff_ff - HALVES.count })
  .map((at) => String.fromCodePoint(at < HALVES.from ? at : at + HALVES.count), positionOf);

/** By which fast-check shrinks, and knows which strings it may mix in, such as `__proto__`. Throws for what is no character. */
function positionOf(text: unknown): number {
  const point = typeof text === 'string' ? text.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== text || !text.isWellFormed())
    throw new Error('no character');
  return point < HALVES.from ? point : point - HALVES.count;
}
