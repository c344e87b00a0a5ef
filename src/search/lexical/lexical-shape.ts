/** How the lexical index is saved and read again. */

import type { Arrays, Shape } from '../saved/shape.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { createPostings } from './postings.ts';
import { createTermTable } from './term-table.ts';
import { createTexts } from './texts.ts';

interface Facts extends Pick<LexicalIndex, 'stopWords' | 'count' | 'papers' | 'totalLength' | 'replaced'> {
  terms: number;
  /** Words that texts have room for. */
  words: number;
  /** A thousand at most. */
  waiting: { number: number; terms: number[]; counts: number[] }[];
}

export const lexicalShape: Shape<LexicalIndex> = {
  facts({ table, texts, stopWords, count, papers, totalLength, replaced, waiting }): Facts {
    return {
      terms: table.size,
      words: texts.slotOf.length,
      stopWords,
      count,
      papers,
      totalLength,
      replaced,
      waiting: waiting.map(({ number, terms, counts }) => ({ number, terms: [...terms], counts: [...counts] })),
    };
  },

  arrays: arraysOf,

  make(facts, bytes) {
    const { terms, words, waiting, ...numbers } = facts as Facts;
    const index = { ...numbers, ...emptyParts(bytes, words) };
    return {
      arrays: arraysOf(index),
      finish: () => ({
        ...index,
        table: createTermTable(index.table.entries, terms),
        waiting: waiting.map((paper) => ({
          number: paper.number,
          terms: Uint32Array.from(paper.terms),
          counts: Uint8Array.from(paper.counts),
        })),
      }),
    };
  },
};

/** With room for what is to be read. */
function emptyParts(bytes: Record<string, number>, words: number) {
  const postings = createPostings(bytes['postings'], (bytes['lengths'] ?? 0) / 2);
  postings.starts = new Uint32Array(wordsIn(bytes, 'starts'));
  postings.last = new Uint32Array(wordsIn(bytes, 'last'));
  const texts = createTexts(words, bytes['texts']);
  texts.size = bytes['texts'] ?? 0;
  texts.starts = new Uint32Array(wordsIn(bytes, 'textStarts'));
  return {
    postings,
    texts,
    table: createTermTable(new Uint32Array(wordsIn(bytes, 'table'))),
    frequencies: new Uint32Array(wordsIn(bytes, 'frequencies')),
    seqs: new Int32Array(wordsIn(bytes, 'seqs')),
    numbers: new Int32Array(wordsIn(bytes, 'numbers')),
  };
}

/** Of 32 bits. */
function wordsIn(bytes: Record<string, number>, name: string): number {
  return (bytes[name] ?? 0) / 4;
}

type Parts = Pick<LexicalIndex, 'table' | 'postings' | 'texts' | 'frequencies' | 'seqs' | 'numbers'>;

function arraysOf({ table, postings, texts, frequencies, seqs, numbers }: Parts): Arrays {
  return {
    table: table.entries,
    postings: postings.bytes,
    starts: postings.starts,
    last: postings.last,
    lengths: postings.lengths,
    texts: texts.bytes.subarray(0, texts.size),
    textStarts: texts.starts,
    frequencies,
    seqs,
    numbers,
  };
}
