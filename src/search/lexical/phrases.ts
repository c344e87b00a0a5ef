/** Whether words stand side by side in a paper, from its text in memory. */

import type { Accepted } from '../accepted.ts';
import { tokenize } from '../tokens.ts';
import { seqsHolding } from './holders.ts';
import { numberOf, seqsOf } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { authorTermOf, termOf } from './terms.ts';
import { hasName, papersWithRun } from './texts.ts';

/**
 * `papers.seq` of the accepted papers with these words in this order and nothing between them, in the title, in the
 * abstract or in an author's name; undefined if there are no words.
 */
export function seqsWithPhrase(index: LexicalIndex, phrase: string, accepted?: Accepted): Int32Array | undefined {
  const terms = tokenize(phrase).map(termOf);
  if (terms.length === 0) return undefined;
  const holders = seqsHolding(index, terms, accepted);
  if (terms.length === 1 || holders.length === 0) return holders;
  const papers = new Uint32Array(holders.length);
  for (let at = 0; at < papers.length; at++) papers[at] = numberOf(index, holders[at] as number);
  const words = terms.map((term) => index.table.find(term));
  return seqsOf(index, papersWithRun(index.texts, words, papers));
}

/** Words of a name that are looked for; the others must only stand in the paper. */
const MOST_NAMED = 31;

/**
 * `papers.seq` of the accepted papers with an author in whose name all the words stand, in any order; undefined if
 * there are no words.
 */
export function seqsWithAuthor(index: LexicalIndex, name: string, accepted?: Accepted): Int32Array | undefined {
  const tokens = tokenize(name);
  if (tokens.length === 0) return undefined;
  const holders = seqsHolding(index, tokens.map(authorTermOf), accepted);
  if (tokens.length === 1) return holders;
  // A word that is typed twice need not be there twice.
  const words = [...new Set(tokens.map((token) => index.table.find(termOf(token))))].slice(0, MOST_NAMED);
  return holders.filter((seq) => hasName(index.texts, numberOf(index, seq), words));
}

/** At most so many papers hold all words of the text: as many as hold the rarest. */
export function mostHolders({ table, frequencies }: LexicalIndex, text: string): number {
  return Math.min(...tokenize(text).map((token) => frequencies[table.find(termOf(token))] ?? 0));
}
