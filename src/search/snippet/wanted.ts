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
  /** Words of texts met so far, since the same few thousand make up all abstracts of a page. */
  met: Map<string, WordTerms>;
}

export interface WordTerms {
  terms: readonly Term[];
  /** Those that are among the wanted words. */
  wanted: readonly Term[];
}

/** Words and phrases; stop words only if there is nothing else, and nothing that is excluded. */
export function wantedBy({ parts }: Pick<Query, 'parts'>): Wanted {
  const texts = parts.flatMap((part) => (part.kind === 'word' ? [part.text] : []));
  const phrases = parts.flatMap((part) => (part.kind === 'phrase' ? [tokenize(part.text).map(termOf)] : []));
  return {
    words: new Set(questionTerms(texts.join(' ')).map(({ term }) => term)),
    phrases: phrases.filter(({ length }) => length > 0),
    met: new Map(),
  };
}

export function termsOfWord(wanted: Wanted, word: string): WordTerms {
  const known = wanted.met.get(word);
  if (known !== undefined) return known;
  const terms = tokenize(word).map(termOf);
  const found = { terms, wanted: terms.filter((term) => wanted.words.has(term)) };
  wanted.met.set(word, found);
  return found;
}
