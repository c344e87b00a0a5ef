/** The words of a question as weighted terms. */

import { tokenize } from '../tokens.ts';
import type { WeightedTerm } from './lexical-index.ts';
import { STOP_WORDS } from './stop-words.ts';
import { termOf } from './terms.ts';
import type { Term } from './terms.ts';

/** Each term once; a word that is said twice counts twice. Stop words only if there is nothing else. */
export function questionTerms(text: string): WeightedTerm[] {
  const tokens = tokenize(text);
  const informative = tokens.filter((token) => !STOP_WORDS.has(token));
  const weights = new Map<Term, number>();
  for (const token of informative.length > 0 ? informative : tokens) {
    const term = termOf(token);
    weights.set(term, (weights.get(term) ?? 0) + 1);
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}
