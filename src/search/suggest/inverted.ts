/** In which rows a number stands: made of all rows in steps, and again when a good part of them has come since. */

import { startOf } from './growing.ts';
import type { Rows } from './growing.ts';

export interface Inverted {
  /** Rows from this one on have come since and are to be read one by one. */
  rows: number;
  /** The rows that hold `number` are `found[starts[number] … starts[number + 1])`, rising. */
  starts: Uint32Array;
  found: Uint32Array;
}

export function createInverted(): Inverted {
  return { rows: 0, starts: new Uint32Array(1), found: new Uint32Array(0) };
}

/** Rows between two looks round: some 2 ms. */
const STEP = 8192;

/**
 * `numbers`: one above the highest that stands in a row. `isFirst`: only by the number with which a row begins. Gives way
 * now and then; rows that come meanwhile are left for the next time.
 */
export function* invert(rows: Rows, numbers: number, isFirst = false): Generator<undefined, Inverted> {
  // A copy, because the lists are exchanged when they grow.
  const { size, values, ends } = rows;
  const given = { size, values, ends };
  const starts = new Uint32Array(numbers + 2);
  for (let from = 0; from < size; from += STEP) {
    count(given, { from, to: Math.min(from + STEP, size), isFirst }, starts);
    yield;
  }
  for (let number = 2; number < starts.length; number++) {
    starts[number] = (starts[number] as number) + (starts[number - 1] as number);
  }
  const found = new Uint32Array(starts.at(-1) ?? 0);
  for (let from = 0; from < size; from += STEP) {
    yield;
    fill(given, { from, to: Math.min(from + STEP, size), isFirst }, starts, found);
  }
  return { rows: size, starts: starts.subarray(0, numbers + 1), found };
}

interface Part {
  from: number;
  to: number;
  isFirst: boolean;
}

/** Two places further on than the number, where its count is in nobody's way. */
function count(rows: Rows, { from, to, isFirst }: Part, starts: Uint32Array): void {
  for (let row = from; row < to; row++) {
    const end = endOf(rows, row, isFirst);
    for (let at = startOf(rows, row); at < end; at++) {
      const place = (rows.values[at] as number) + 2;
      starts[place] = (starts[place] as number) + 1;
    }
  }
}

/** Filling moves each start to that of the next number, which is why they began one place further on. */
function fill(rows: Rows, { from, to, isFirst }: Part, starts: Uint32Array, found: Uint32Array): void {
  for (let row = from; row < to; row++) {
    const end = endOf(rows, row, isFirst);
    for (let at = startOf(rows, row); at < end; at++) {
      const place = (rows.values[at] as number) + 1;
      const next = starts[place] as number;
      found[next] = row;
      starts[place] = next + 1;
    }
  }
}

function endOf(rows: Rows, row: number, isFirst: boolean): number {
  const end = rows.ends[row] as number;
  return isFirst ? Math.min(startOf(rows, row) + 1, end) : end;
}

/** Rows that may come one by one until all is inverted anew, unless they are less than an eighth. */
export const FEW = 4096;

export function isBehind({ rows }: Inverted, { size }: Pick<Rows, 'size'>, few: number): boolean {
  return size - rows > Math.max(few, rows / 8);
}

/** How many rows hold some of these numbers, those that hold several counted as often. */
export function countRows({ starts }: Inverted, numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) {
    const end = starts[number + 1];
    if (end !== undefined) sum += end - (starts[number] as number);
  }
  return sum;
}

/** Calls back once for each row that holds some of these numbers, and for those that have come since, whatever they hold. */
export function eachRow(
  inverted: Inverted,
  { size }: Pick<Rows, 'size'>,
  numbers: readonly number[],
  found: (row: number) => void,
): void {
  const { starts, found: rows } = inverted;
  const seen = new Uint8Array(inverted.rows);
  for (const number of numbers) {
    const end = starts[number + 1] ?? 0;
    for (let at = starts[number] ?? 0; at < end; at++) {
      const row = rows[at] as number;
      if (seen[row] === 1) continue;
      seen[row] = 1;
      found(row);
    }
  }
  for (let row = inverted.rows; row < size; row++) found(row);
}
