/** What of a query is worth marking in the texts that it found. */

import { questionTerms } from '../lexical/question.ts';
import { termOf } from '../lexical/terms.ts';
import type { Term } from '../lexical/terms.ts';
import type { Query } from '../query/query.ts';
import { tokenize } from '../tokens.ts';
import { headsOf } from './heads.ts';
import type { Heads } from './heads.ts';

export interface Wanted {
  /** Marked wherever they stand. */
  words: ReadonlySet<Term>;
  /** Marked where all of their terms follow each other. */
  phrases: readonly (readonly Term[])[];
  /** How words of both begin. */
  heads: Heads;
  /** What `wantedTerms` has found; texts that answer one question have their words in common. */
  known: Map<string, readonly Term[]>;
}

/** Words and phrases; stop words only if there is nothing else, and nothing that is excluded. */
export function wantedBy({ parts }: Pick<Query, 'parts'>): Wanted {
  const words = parts.flatMap((part) => (part.kind === 'word' ? [part.text] : []));
  const phrases = parts.flatMap((part) => (part.kind === 'phrase' ? [tokenize(part.text)] : []));
  const tokens = new Set(tokenize(words.join(' ')));
  const terms = new Set(questionTerms(words.join(' ')).map(({ term }) => term));
  // Stop words are in every text, and so left out here, too.
  for (const token of tokens) if (!terms.has(termOf(token))) tokens.delete(token);
  for (const token of phrases.flat()) tokens.add(token);
  return {
    words: terms,
    phrases: phrases.filter(({ length }) => length > 0).map((tokens) => tokens.map(termOf)),
    heads: headsOf(tokens),
    known: new Map(),
  };
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
