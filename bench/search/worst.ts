/** What costs a search most that people can type: names of two words, and as many conditions as fit. Beside the kinds. */

import type { BenchPaper } from './corpus.ts';
import { cut } from './questions.ts';
import type { Asked } from './questions.ts';

export const WORST = ['author of two words', 'many exclusions', 'letters'] as const;
export type Worst = (typeof WORST)[number];

/** Of each; they are slow enough to be told apart by so many. */
const COUNT = 60;
/** Titles' and names' commonest, which most papers hold. */
const PAIRS = ['of the', 'in the', 'on the', 'to the', 'for the', 'and the', 'with the', 'of a', 'in a', 'is a'];

export function drawWorst(papers: readonly BenchPaper[]): Record<Worst, Asked[]> {
  const some = papers.filter(({ authors }) => authors.length > 0).slice(0, COUNT);
  const names = some.map(({ authors }) => `author:"${(authors[0] ?? '').replaceAll('"', '')}"`);
  return {
    'author of two words': some.map(({ id }, at) => ({ id, q: names[at] ?? '' })),
    'many exclusions': some.map(({ id }, at) => ({
      id,
      q: cut(
        at % 2 === 0
          ? withoutPhrases(at)
          : names
              .slice(at, at + 11)
              .map((name) => `-${name}`)
              .join(' '),
      ),
    })),
    letters: some.map(({ id }, at) => ({
      id,
      q: Array.from({ length: 1 + (at % 15) }, (_, place) =>
        String.fromCharCode(97 + ((at * 5 + place * 7) % 26)),
      ).join(' '),
    })),
  };
}

function withoutPhrases(number: number): string {
  return PAIRS.map((_, at) => `-"${PAIRS[(at + number) % PAIRS.length]}"`).join(' ');
}
