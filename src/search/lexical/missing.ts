/** Which words of a question a paper lacks. */

import { tokenize } from '../tokens.ts';
import { numberOf } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { STOP_WORDS } from './stop-words.ts';
import { termOf } from './terms.ts';
import { textOf } from './texts.ts';
import { wordsOf } from './words-of.ts';

/** The words, as they were typed, of which no part stands in the paper; words that say nothing are never missed. */
export function missingIn(index: LexicalIndex, words: readonly string[]): (seq: number) => string[] {
  const asked = words.flatMap((word) => {
    const tokens = tokenize(word).filter((token) => !STOP_WORDS.has(token));
    return tokens.length === 0 ? [] : [{ word, numbers: tokens.map((token) => index.table.find(termOf(token)) + 1) }];
  });
  return (seq) => {
    const paper = numberOf(index, seq);
    if (paper < 0) return [];
    const text = new Set(wordsOf(textOf(index.texts, paper)).filter((word) => word > 0));
    return asked.flatMap(({ word, numbers }) => (numbers.some((number) => text.has(number)) ? [] : [word]));
  };
}
