/** Which papers hold terms, without ranking them. */

import type { Accepted } from '../accepted.ts';
import type { LexicalIndex } from './lexical-index.ts';
import type { Term } from './terms.ts';

/** Papers that hold every one of the terms; none if there are no terms. `end`: one beyond the highest `papers.seq`. */
export function holdersOf(index: LexicalIndex, terms: readonly Term[], end: number): Accepted {
  const { count, seqs, numberOf } = index;
  const held = new Uint16Array(count);
  const distinct = [...new Set(terms)];
  for (const term of distinct) countHolders(index, term, held);
  const accepted = new Uint8Array(end);
  if (distinct.length === 0) return accepted;
  for (let paper = 0; paper < count; paper++) {
    const seq = seqs[paper] as number;
    // A paper that was replaced is still in the runs under its old number.
    if (held[paper] === distinct.length && numberOf.get(seq) === paper && seq < end) accepted[seq] = 1;
  }
  return accepted;
}

/** Adds 1 for each paper that holds the term. */
function countHolders(index: LexicalIndex, term: Term, held: Uint16Array): void {
  const number = index.table.find(term);
  if (number < 0) return;
  const { bytes, starts, last } = index.postings;
  if (number < last.length) {
    let from = starts[number] as number;
    const end = starts[number + 1] as number;
    let paper = 0;
    while (from < end) {
      let byte = bytes[from++] as number;
      for (let shift = 0; ; shift += 7) {
        paper += (byte & 127) << shift;
        if (byte < 128) break;
        byte = bytes[from++] as number;
      }
      from++;
      held[paper] = (held[paper] as number) + 1;
    }
  }
  for (const document of index.waiting) {
    if (document.terms.includes(number)) held[document.number] = (held[document.number] as number) + 1;
  }
}
