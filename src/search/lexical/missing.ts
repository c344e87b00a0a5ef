/** Which words of a question a paper lacks. */

import { tokenize } from '../tokens.ts';
import { numberOf } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { STOP_WORDS } from './stop-words.ts';
import { termOf } from './terms.ts';
import { textOf } from './texts.ts';

/** The words, as they were typed, of which no part stands in the paper; words that say nothing are never missed. */
export function missingIn(index: LexicalIndex, words: readonly string[]): (seq: number) => string[] {
  const asked = words.flatMap((word) => {
    const tokens = tokenize(word).filter((token) => !STOP_WORDS.has(token));
    return tokens.length === 0 ? [] : [{ word, numbers: tokens.map((token) => index.table.find(termOf(token)) + 1) }];
  });
  return (seq) => {
    const paper = numberOf(index, seq);
    if (paper < 0) return [];
    const text = wordsIn(textOf(index.texts, paper));
    return asked.flatMap(({ word, numbers }) => (numbers.some((number) => text.has(number)) ? [] : [word]));
  };
}

/** The text is as texts.ts has it: 0 stands between sections, and for words that no paper has. */
function wordsIn(text: Uint8Array): Set<number> {
  const words = new Set<number>();
  for (let at = 0; at < text.length;) {
    let word = 0;
    let byte = 128;
    for (let shift = 0; byte > 127; shift += 7) {
      byte = text[at++] as number;
      word |= (byte & 127) << shift;
    }
    if (word > 0) words.add(word);
  }
  return words;
}
