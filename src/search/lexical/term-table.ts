/** Gives each term a small number of its own, in the order of arrival: an open-addressing hash table in two arrays. */

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
  /** Number + 1, so that 0 is free. */
  let numbers = new Int32Array(slots);
  let terms = new Uint32Array(1 << 12);
  let size = 0;

  /** The slot where the term is or would be. Terms are well-mixed hashes already. */
  function slotOf(term: Term): number {
    let slot = term & (slots - 1);
    for (;;) {
      const number = numbers[slot] as number;
      if (number === 0 || terms[number - 1] === term) return slot;
      slot = (slot + 1) & (slots - 1);
    }
  }

  function grow(): void {
    slots *= 2;
    numbers = new Int32Array(slots);
    for (let number = 0; number < size; number++) numbers[slotOf(terms[number] as Term)] = number + 1;
  }

  return {
    get size() {
      return size;
    },
    get bytes() {
      return numbers.byteLength + terms.byteLength;
    },
    find: (term) => (numbers[slotOf(term)] as number) - 1,
    add(term) {
      const slot = slotOf(term);
      const found = numbers[slot] as number;
      if (found > 0) return found - 1;
      if (size === terms.length) terms = grown(terms);
      terms[size] = term;
      numbers[slot] = ++size;
      if (size > slots * FULL) grow();
      return size - 1;
    },
  };
}

/** A quarter more, because the largest tables are the ones that stay. */
function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil(array.length * 1.25));
  larger.set(array);
  return larger;
}
