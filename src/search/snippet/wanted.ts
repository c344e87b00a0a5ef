/** What of a query is worth marking in the texts that it found. */

import { questionTerms } from '../lexical/question.ts';
import { termOf } from '../lexical/terms.ts';
import type { Term } from '../lexical/terms.ts';
import type { Query } from '../query/query.ts';
import { tokenize } from '../tokens.ts';

export interface Wanted {
  /** Marked wherever they stand. */
  words: ReadonlySet<Term>;
  /** Marked where all of their terms follow each other. */
  phrases: readonly (readonly Term[])[];
  /** How the words of both begin, as `beginningOf` numbers it. */
  beginnings: ReadonlySet<number>;
}

/** Words and phrases; stop words only if there is nothing else, and nothing that is excluded. */
export function wantedBy({ parts }: Pick<Query, 'parts'>): Wanted {
  const words = parts.flatMap((part) => (part.kind === 'word' ? [part.text] : []));
  const phrases = parts.flatMap((part) => (part.kind === 'phrase' ? [tokenize(part.text)] : []));
  return {
    words: new Set(questionTerms(words.join(' ')).map(({ term }) => term)),
    phrases: phrases.filter(({ length }) => length > 0).map((tokens) => tokens.map(termOf)),
    beginnings: new Set([...tokenize(words.join(' ')), ...phrases.flat()].map(beginningOf)),
  };
}

const UNTOLD = -1;

/**
 * The first two letters as a number: most words of a text differ from all that are wanted in these already, and need
 * not be stemmed. Stems keep them, but for y, which may become i (`dying`, `die`). -1 unless both are ASCII.
 */
function beginningOf(word: string): number {
  const first = word.charCodeAt(0) | 32;
  const second = word.charCodeAt(1) | 32;
  if (first > 127 || second > 127) return UNTOLD;
  return (first << 7) | (second === Y ? I : second);
}

const Y = 'y'.charCodeAt(0);
const I = 'i'.charCodeAt(0);

/** Whether a word without joints can be told to be none of those that are wanted. */
export function isOther({ beginnings }: Wanted, word: string): boolean {
  const beginning = beginningOf(word);
  return beginning !== UNTOLD && !beginnings.has(beginning);
}

export function termsOfWord(word: string): Term[] {
  return tokenize(word).map(termOf);
}

/** Those that are to be marked. */
export function wantedTerms({ words }: Wanted, word: string): Term[] {
  return termsOfWord(word).filter((term) => words.has(term));
}
