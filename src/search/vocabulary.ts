/** From stems to the rows of the embedding model. */

import { crc32 } from 'node:zlib';
import { hash } from './stems.ts';
import type { Stems } from './stems.ts';

export interface Vocabulary {
  /** How many stems have a row of their own. */
  known: number;
  /** Unknown stems share so many more rows, numbered after those of the known ones. */
  strangers: number;
  /** Open addressing by the term, four numbers a slot: term, check, row + `EMPTY_ROW`, a gap. */
  slots: Uint32Array;
}

const NONE = -1;
/** What is added to a row, so that 0 is an empty slot and `NONE` is not. */
const EMPTY_ROW = 2;

/** Words whose scale is 0 say nothing and are passed over. */
export function openVocabulary(words: readonly string[], scales: Float32Array): Vocabulary {
  const slots = new Uint32Array(4 * 2 ** Math.ceil(Math.log2(2 * words.length + 2)));
  for (const [row, word] of words.entries()) {
    const term = hash(word);
    const check = crc32(word);
    slots.set([term, check, (scales[row] === 0 ? NONE : row) + EMPTY_ROW], slotOf(slots, term, check));
  }
  return { known: words.length, strangers: Math.max(0, words.length - 1), slots };
}

/** Of the stem, or the free one where it would stand. */
function slotOf(slots: Uint32Array, term: number, check: number): number {
  const mask = slots.length - 1;
  let slot = (4 * term) & mask;
  while (slots[slot + 2] !== 0 && (slots[slot] !== term || slots[slot + 1] !== check)) slot = (slot + 4) & mask;
  return slot;
}

/** Writes the rows of the stems to the start of `into`, in the order of the text; returns where they end. */
export function writeRows(vocabulary: Vocabulary, { terms, checks, size }: Stems, into: Int32Array): number {
  const { known, strangers, slots } = vocabulary;
  let end = 0;
  // A text longer than the scratch has said by then what it is about.
  for (let index = 0; index < size && end < into.length; index++) {
    const check = checks[index] as number;
    const held = slots[slotOf(slots, terms[index] as number, check) + 2] as number;
    const row = held > 0 ? held - EMPTY_ROW : strangers === 0 ? NONE : known + (check % strangers);
    if (row >= 0) into[end++] = row;
  }
  return end;
}
