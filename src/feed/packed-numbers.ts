/** A set of numbers as a short text for addresses: some papers out of a hundred thousand take 2 to 3 characters each. */

/** A byte holds seven bits, and says by the eighth that more follow (LEB128). */
const MORE = 0x80;

/** How many there are, then each one's distance from the one before. Whole numbers from 0, in any order. */
export function packNumbers(numbers: readonly number[]): string {
  const ascending = [...new Set(numbers)].toSorted((a, b) => a - b);
  const distances = ascending.map((number, at) => number - (ascending[at - 1] ?? 0));
  const bytes: number[] = [];
  for (let rest of [ascending.length, ...distances]) {
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) bytes.push((rest % MORE) + MORE);
    bytes.push(rest);
  }
  return Buffer.from(bytes).toString('base64url');
}

/** Ascending. Undefined for a text that `packNumbers` does not write, such as one that was cut off. */
export function unpackNumbers(text: string): number[] | undefined {
  const [size, ...distances] = readNumbers(Buffer.from(text, 'base64url'));
  if (size !== distances.length) return undefined;
  let last = 0;
  const numbers = distances.map((distance) => (last += distance));
  // A forged one can be too large for a number, which would be taken apart without end.
  return Number.isSafeInteger(last) && packNumbers(numbers) === text ? numbers : undefined;
}

function readNumbers(bytes: Iterable<number>): number[] {
  const numbers: number[] = [];
  let number = 0;
  let unit = 1;
  for (const byte of bytes) {
    number += (byte % MORE) * unit;
    unit *= MORE;
    if (byte >= MORE) continue;
    numbers.push(number);
    number = 0;
    unit = 1;
  }
  return numbers;
}
