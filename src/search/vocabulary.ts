/** From text to the rows of the embedding model. */

import { createSpellings, numberOf } from './spellings.ts';
import type { Spellings } from './spellings.ts';
import { stem } from './stem.ts';
import { tokenize } from './tokens.ts';

export interface Vocabulary {
  /** The row of each stem. */
  rows: ReadonlyMap<string, number>;
  spellings: Spellings;
}

export function openVocabulary(words: readonly string[]): Vocabulary {
  return {
    rows: new Map(words.map((word, row) => [word, row])),
    spellings: createSpellings(),
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

function rowOf({ rows, spellings }: Vocabulary, token: string): number {
  return numberOf(spellings, token, (spelling) => rows.get(stem(spelling)) ?? -1);
}
