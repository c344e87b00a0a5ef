/** What of a query is worth marking in the texts that it found. */

import { questionTerms } from '../lexical/question.ts';
import { termOf } from '../lexical/terms.ts';
import type { Term } from '../lexical/terms.ts';
import type { Query } from '../query/query.ts';
import { stem } from '../stem.ts';
import { tokenize } from '../tokens.ts';

export interface Wanted {
  /** Marked wherever they stand. */
  words: ReadonlySet<Term>;
  /** Marked where all of their terms follow each other. */
  phrases: readonly (readonly Term[])[];
  /** 1 where words of both begin with two letters, as `placeOf2` numbers them. */
  two: Uint8Array;
  /** 1 where their stems begin with three, as `placeOf3` numbers them. */
  three: Uint8Array;
  /** What `wantedTerms` has found; texts that answer one question have their words in common. */
  known: Map<string, readonly Term[]>;
}

/** Words and phrases; stop words only if there is nothing else, and nothing that is excluded. */
export function wantedBy({ parts }: Pick<Query, 'parts'>): Wanted {
  const words = parts.flatMap((part) => (part.kind === 'word' ? [part.text] : []));
  const phrases = parts.flatMap((part) => (part.kind === 'phrase' ? [tokenize(part.text)] : []));
  const tokens = [...tokenize(words.join(' ')), ...phrases.flat()];
  return {
    words: new Set(questionTerms(words.join(' ')).map(({ term }) => term)),
    phrases: phrases.filter(({ length }) => length > 0).map((tokens) => tokens.map(termOf)),
    two: beginningsByTwo(tokens),
    three: beginningsByThree(tokens.map(stem)),
    known: new Map(),
  };
}

/**
 * The first letters as a number: most words of a text differ from all that are wanted in these already, and need not be
 * stemmed. Stems keep them, but for y, which may become i (`dying`, `die`). Only for ASCII; a word of one letter has NaN
 * in place of the second.
 */
function placeOf2(first: number, second: number): number {
  return ((first | 32) << 7) | withoutY(second | 32);
}

/** Digits share their numbers with letters. */
function placeOf3(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((withoutY(second | 32) & 31) << 5) | (withoutY(third | 32) & 31);
}

function withoutY(letter: number): number {
  return letter === Y ? I : letter;
}

const Y = 'y'.charCodeAt(0);
const I = 'i'.charCodeAt(0);
const ASCII = /^[ -~]+$/;

function beginningsByTwo(words: readonly string[]): Uint8Array {
  const table = new Uint8Array(1 << 14);
  for (const word of words) if (ASCII.test(word)) table[placeOf2(word.charCodeAt(0), word.charCodeAt(1))] = 1;
  return table;
}

function beginningsByThree(stems: readonly string[]): Uint8Array {
  const table = new Uint8Array(1 << 15);
  for (const word of stems) {
    if (!ASCII.test(word)) continue;
    const first = placeOf3(word.charCodeAt(0), word.charCodeAt(1), 0);
    if (word.length > 2) table[first | (withoutY(word.charCodeAt(2) | 32) & 31)] = 1;
    else table.fill(1, first, first + 32);
  }
  return table;
}

/** Whether some word that is wanted begins with these two ASCII letters, or stems as if it did. */
export function mayBegin({ two }: Wanted, first: number, second: number): boolean {
  return two[placeOf2(first, second)] === 1;
}

/** Stems of shorter words may have another third letter: that of `using` is `use`. */
export const LONG = 6;

/** As `mayBegin`, for the word in `text` from `at` on, of at least `LONG` ASCII letters and digits and nothing else. */
export function mayBeginLong({ three }: Wanted, text: string, at: number): boolean {
  return three[placeOf3(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2))] === 1;
}

/** Words met lately: most of those that come near to what is wanted have come before. */
const lately = new Map<string, readonly Term[]>();
const MOST_LATELY = 20_000;
/** Hardly a word is longer; what is need not be remembered. */
const LONGEST = 40;
/** V8 makes a longer word a window on the text that it was cut from, which would be kept with it. */
const LONGEST_COPIED = 12;

export function termsOfWord(word: string): readonly Term[] {
  let terms = lately.get(word);
  if (terms === undefined) {
    terms = tokenize(word).map(termOf);
    if (lately.size === MOST_LATELY) lately.clear();
    if (word.length <= LONGEST) lately.set(word.length > LONGEST_COPIED ? copied(word) : word, terms);
  }
  return terms;
}

function copied(word: string): string {
  return Buffer.from(word).toString();
}

/** Those that are to be marked. */
export function wantedTerms({ words, known }: Wanted, word: string): readonly Term[] {
  let terms = known.get(word);
  if (terms === undefined) {
    terms = termsOfWord(word).filter((term) => words.has(term));
    known.set(word, terms);
  }
  return terms;
}
