/** From text to the rows of the embedding model. */

import { crc32 } from 'node:zlib';
import { createSpellings, numberOf } from './spellings.ts';
import type { Spellings } from './spellings.ts';
import { stem } from './stem.ts';
import { tokenize } from './tokens.ts';

export interface Vocabulary {
  /** The row of each stem. */
  rows: ReadonlyMap<string, number>;
  /** Unknown stems share so many more rows, numbered after those of the known ones. */
  strangers: number;
  spellings: Spellings;
}

const NONE = -1;

/** Words whose scale is 0 say nothing and are passed over. */
export function openVocabulary(words: readonly string[], scales: Float32Array): Vocabulary {
  return {
    rows: new Map(words.map((word, row) => [word, scales[row] === 0 ? NONE : row])),
    strangers: Math.max(0, words.length - 1),
    spellings: createSpellings(),
  };
}

/** Writes the rows of the words from `into[at]` on, in the order of the text; returns where they end. */
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

function rowOf({ rows, strangers, spellings }: Vocabulary, token: string): number {
  return numberOf(spellings, token, (spelling) => {
    const word = stem(spelling);
    return rows.get(word) ?? (strangers === 0 ? NONE : rows.size + (crc32(word) % strangers));
  });
}
