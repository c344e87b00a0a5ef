/** The rows with the highest counts, in order: what is read where far too many rows hold what is asked for. */

export interface Highest {
  /** Rows from this one on have come since. */
  rows: number;
  /** Highest first, as they were when this was made; of equal ones the later first. */
  order: Uint32Array;
}

export function createHighest(): Highest {
  return { rows: 0, order: new Uint32Array(0) };
}

/** Rows that are ordered; nobody reads on for so long. */
const MOST = 32_768;
/** Counts are told apart up to this one. */
const MOST_COUNTED = 4095;
/** Rows between two looks round: some 0.5 ms. */
const STEP = 65_536;

/** Of the first `rows`, as they are now. Gives way now and then. */
export function* orderHighest(changing: Uint32Array, rows: number): Generator<undefined, Highest> {
  const counts = changing.slice(0, rows);
  // By count, the highest at place 0; two places further on, as in inverted.ts.
  const starts = new Uint32Array(MOST_COUNTED + 3);
  for (let from = 0; from < rows; from += STEP) {
    const to = Math.min(from + STEP, rows);
    for (let row = from; row < to; row++) {
      const place = placeOf(counts[row] as number) + 2;
      starts[place] = (starts[place] as number) + 1;
    }
    yield;
  }
  for (let place = 2; place < starts.length; place++) {
    starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  }
  const order = new Uint32Array(Math.min(rows, MOST));
  for (let end = rows; end > 0; end -= STEP) {
    for (let row = end - 1; row >= Math.max(0, end - STEP); row--) {
      const place = placeOf(counts[row] as number) + 1;
      const next = starts[place] as number;
      starts[place] = next + 1;
      // What lies beyond the end of a typed array is not kept.
      order[next] = row;
    }
    yield;
  }
  return { rows, order };
}

function placeOf(count: number): number {
  return MOST_COUNTED - Math.min(count, MOST_COUNTED);
}
