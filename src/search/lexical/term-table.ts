/** Gives each term a small number of its own, in the order of arrival: an open-addressing hash table in one array. */

import type { Term } from './terms.ts';

export interface TermTable {
  readonly size: number;
  /** -1 if the term is unknown. */
  find(term: Term): number;
  /** The number it has or gets. */
  add(term: Term): number;
  /** Bytes held. */
  readonly bytes: number;
}

/** Above this share of slots in use, searching for a free one begins to take long. */
const FULL = 0.7;

export function createTermTable(): TermTable {
  let slots = 1 << 12;
  /** A slot is a term and, beside it so that both come from memory at once, its number + 1; 0 is a free slot. */
  let entries = new Uint32Array(2 * slots);
  let size = 0;

  /** Where the term is or would be. Terms are well-mixed hashes already. */
  function placeOf(term: Term): number {
    let place = 2 * (term & (slots - 1));
    while (entries[place + 1] !== 0 && entries[place] !== term) place = (place + 2) & (2 * slots - 1);
    return place;
  }

  function grow(): void {
    const before = entries;
    slots *= 2;
    entries = new Uint32Array(2 * slots);
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      const term = before[from] as number;
      const place = placeOf(term);
      entries[place] = term;
      entries[place + 1] = before[from + 1] as number;
    }
  }

  return {
    get size() {
      return size;
    },
    get bytes() {
      return entries.byteLength;
    },
    find: (term) => (entries[placeOf(term) + 1] as number) - 1,
    add(term) {
      const place = placeOf(term);
      const found = entries[place + 1] as number;
      if (found > 0) return found - 1;
      entries[place] = term;
      entries[place + 1] = ++size;
      if (size > slots * FULL) grow();
      return size - 1;
    },
  };
}
