/** From text to the rows of the embedding model. */

import { stem } from './stem.ts';
import { tokenize } from './tokens.ts';

export interface Vocabulary {
  /** The row of each stem. */
  rows: ReadonlyMap<string, number>;
  /** Spellings met so far and the row of their stem, -1 for none: stemming is much slower than looking up. */
  spellings: Map<string, number>;
}

/** Spellings kept, some 10 MB; 100 000 abstracts hold some 250 000, most of them once. */
const MAX_SPELLINGS = 40_000;

export function openVocabulary(words: readonly string[]): Vocabulary {
  return { rows: new Map(words.map((word, row) => [word, row])), spellings: new Map() };
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
  const known = spellings.get(token);
  if (known !== undefined) return known;
  const row = rows.get(stem(token)) ?? -1;
  // A copy: a slice of a long text would keep all of that text in memory.
  if (spellings.size < MAX_SPELLINGS) spellings.set(` ${token}`.slice(1), row);
  return row;
}
