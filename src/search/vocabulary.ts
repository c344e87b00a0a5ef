/** From text to the rows of the embedding model. */

import { stem } from './stem.ts';
import { tokenize } from './tokens.ts';

export interface Vocabulary {
  /** The row of each stem. */
  rows: ReadonlyMap<string, number>;
  spellings: SpellingCache;
}

/** Rows of spellings met lately: two hashes of the spelling and its row for each slot; an empty one has row `EMPTY`. */
interface SpellingCache {
  first: Int32Array;
  second: Int32Array;
  row: Int32Array;
}

/** Slots of 12 bytes, 3 MB: 20 000 abstracts hold 90 000 spellings. A quarter as many slots cost a fifth of the speed. */
const SLOTS = 2 ** 18;
const EMPTY = -2;

export function openVocabulary(words: readonly string[]): Vocabulary {
  return {
    rows: new Map(words.map((word, row) => [word, row])),
    spellings: { first: new Int32Array(SLOTS), second: new Int32Array(SLOTS), row: new Int32Array(SLOTS).fill(EMPTY) },
  };
}

/** Writes the rows of the known words from `into[at]` on, in the order of the text; returns where they end. */
export function writeRows(vocabulary: Vocabulary, text: string, into: Int32Array, at: number): number {
  let end = at;
  for (const token of tokenize(text)) {
    const row = rowOf(vocabulary, token);
    if (row < 0) continue;
    // A text longer than the scratch has said by then what it is about.
    if (end === into.length) break;
    into[end++] = row;
  }
  return end;
}

/**
 * Hashing a spelling here takes a third of the time of asking a `Map` of strings, and keeps no piece of the text in
 * memory. That two of a million spellings have both hashes in common is less likely than 1 in 10⁷.
 */
function rowOf({ rows, spellings: { first, second, row } }: Vocabulary, token: string): number {
  let a = 0x811c9dc5;
  let b = token.length;
  for (let index = 0; index < token.length; index++) {
    const code = token.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x9e3779b1) ^ (b >>> 15);
  }
  const slot = (a ^ (a >>> 16)) & (SLOTS - 1);
  if (first[slot] === a && second[slot] === b && row[slot] !== EMPTY) return row[slot] as number;
  first[slot] = a;
  second[slot] = b;
  return (row[slot] = rows.get(stem(token)) ?? -1);
}
