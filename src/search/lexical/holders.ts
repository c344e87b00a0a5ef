/** Which papers hold terms, without ranking them. */

import type { Accepted } from '../accepted.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { matchPapers } from './match.ts';
import type { Term } from './terms.ts';

/** `papers.seq` of the accepted papers that hold every one of the terms; none if there are no terms. */
export function seqsHolding(index: LexicalIndex, terms: readonly Term[], accepted?: Accepted): Int32Array {
  const distinct = [...new Set(terms)].map((term) => ({ term, weight: 1 }));
  return matchPapers(index, { terms: distinct, limit: 0, accepted }).complete;
}
