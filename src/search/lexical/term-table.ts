/** Gives each term a small number of its own, in the order of arrival: an open-addressing hash table in one array. */

import type { Term } from './terms.ts';

export interface TermTable {
  readonly size: number;
  /** -1 if the term is unknown. */
  find(term: Term): number;
  /** The number it has or gets. */
  add(term: Term): number;
  /** Where the numbers stand, to be handed to another table together with `size`. */
  readonly entries: Uint32Array<ArrayBuffer>;
}

/** Above this share of slots in use, searching for a free one begins to take long. */
const FULL = 0.7;

const LEAST_SLOTS = 1 << 12;

/** Empty, or with the `entries` and the `size` of another table. */
export function createTermTable(entries = new Uint32Array(2 * LEAST_SLOTS), size = 0): TermTable {
  /** A slot is a term and, beside it so that both come from memory at once, its number + 1; 0 is a free slot. */
  let slots = entries.length / 2;

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
    get entries() {
      return entries;
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
