/** Whether words stand side by side in a paper, from the order of its terms. Pure. */

import { tokenize } from '../tokens.ts';
import { authorTermOf, termOf, unpackOrder, unpackTerms } from './terms.ts';
import type { Term } from './terms.ts';

export interface Phrase {
  /** All of them are held by a paper that has the phrase, which is quickly told by the index. */
  held: readonly Term[];
  /** Whether the paper itself has it; left out where holding the terms is enough. */
  isIn?: (packed: Uint8Array) => boolean;
}

/** Words in this order with nothing between them, in the title, in the abstract or in an author's name. */
export function phraseOf(text: string): Phrase {
  const terms = tokenize(text).map(termOf);
  if (terms.length < 2) return { held: terms };
  return {
    held: terms,
    isIn(packed) {
      const { terms: held, order } = unpackTerms(packed);
      const run = terms.map((term) => held.indexOf(term));
      return hasRun(unpackOrder(order), run);
    },
  };
}

/** Words that all stand in one author's name, in any order. */
export function authorOf(name: string): Phrase {
  const tokens = tokenize(name);
  const held = tokens.map(authorTermOf);
  if (tokens.length < 2) return { held };
  const terms = tokens.map(termOf);
  return { held, isIn: (packed) => authorsOf(packed).some((author) => terms.every((term) => author.includes(term))) };
}

function hasRun(order: readonly number[], run: readonly number[]): boolean {
  const first = run[0] as number;
  for (let start = order.indexOf(first); start >= 0; start = order.indexOf(first, start + 1)) {
    if (run.every((place, at) => order[start + at] === place)) return true;
  }
  return false;
}

function authorsOf(packed: Uint8Array): Term[][] {
  const { terms, order } = unpackTerms(packed);
  const texts: Term[][] = [[]];
  for (const place of unpackOrder(order)) {
    if (place < 0) texts.push([]);
    else texts.at(-1)?.push(terms[place] as Term);
  }
  // Title and abstract come first.
  return texts.slice(2);
}
