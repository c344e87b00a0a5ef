/** The papers that the words and the vector nominate: each once, with where it stands in the two lists. Pure. */

/** Lists side by side. */
export interface Nominated {
  /** `papers.seq`, ascending. */
  seqs: Int32Array;
  /** By the words and by the vector: 0 for the best paper, `NONE` for one that is not in the list. */
  byWords: Uint32Array;
  byVector: Uint32Array;
}

export const NONE = 2 ** 32 - 1;

/** `papers.seq`, place and list in one number, which is sorted without a function; places stay below half of this. */
const PLACES = 2 ** 20;

/** Both best first. */
export function nominate(words: Int32Array, near: Int32Array): Nominated {
  const keys = new Float64Array(words.length + near.length);
  for (let at = 0; at < words.length; at++) keys[at] = (words[at] as number) * PLACES + 2 * at;
  for (let at = 0; at < near.length; at++) keys[words.length + at] = (near[at] as number) * PLACES + 2 * at + 1;
  keys.sort();
  const seqs = new Int32Array(keys.length);
  const byWords = new Uint32Array(keys.length).fill(NONE);
  const byVector = new Uint32Array(keys.length).fill(NONE);
  let size = 0;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as number;
    const seq = Math.floor(key / PLACES);
    const place = key - seq * PLACES;
    if (size === 0 || seqs[size - 1] !== seq) seqs[size++] = seq;
    (place % 2 === 0 ? byWords : byVector)[size - 1] = place >>> 1;
  }
  return { seqs: seqs.subarray(0, size), byWords: byWords.subarray(0, size), byVector: byVector.subarray(0, size) };
}

/** Places in the lists of those that are among the first `depth` by the words or by the vector, ascending. */
export function amongFirst({ byWords, byVector }: Nominated, depth: number): Uint32Array {
  const places = new Uint32Array(byWords.length);
  let size = 0;
  for (let at = 0; at < byWords.length; at++) {
    if ((byWords[at] as number) < depth || (byVector[at] as number) < depth) places[size++] = at;
  }
  return places.subarray(0, size);
}
