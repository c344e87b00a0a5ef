/** The order of many scores, found by sorting numbers: without a function that compares two it takes a fifth of the time. */

/** Scores are told apart in steps of 2⁻²⁸, between -4 and 4; a number has as many bits left for some million places. */
const STEP = 2 ** -28;
const LOWEST = -4;
const PLACES = 2 ** 22;

/** The score as it counts. */
export function stepped(score: number): number {
  return Math.round((score - LOWEST) / STEP) * STEP + LOWEST;
}

/** Places in `scores`, that of the highest first; of equal ones the last first. */
export function bestFirst(scores: Float64Array): Uint32Array {
  const size = scores.length;
  const keys = new Float64Array(size);
  for (let at = 0; at < size; at++) keys[at] = Math.round(((scores[at] as number) - LOWEST) / STEP) * PLACES + at;
  keys.sort();
  const order = new Uint32Array(size);
  for (let at = 0; at < size; at++) {
    const key = keys[size - 1 - at] as number;
    order[at] = key - Math.floor(key / PLACES) * PLACES;
  }
  return order;
}
