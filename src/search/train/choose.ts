/** Chooses the rows of a model: the words that most papers use. */

import type { Corpus } from './corpus.ts';

export interface Chosen {
  words: string[];
  /** ln(papers / papers with it) of each word: a first guess at what it tells. */
  rarity: Float32Array;
  texts: Texts;
}

/** The texts of a corpus as rows of a model, words without a row left out; text t is `rows[starts[t] … starts[t + 1])`. */
export interface Texts {
  rows: Uint16Array<SharedArrayBuffer>;
  starts: Uint32Array<SharedArrayBuffer>;
}

const NONE = -1;

/** Rows are kept in 16 bits. */
export const MOST_WORDS = 65_535;

/** Of the papers that are held out, too: their words count for the choice and for how rare they are. */
export function chooseWords(corpus: Corpus, limit: number): Chosen {
  const papersWith = countPapers(corpus);
  const chosen = mostFrequent(papersWith, limit);
  const rowOf = new Int32Array(corpus.words.length).fill(NONE);
  chosen.forEach((token, row) => (rowOf[token] = row));
  return {
    words: Array.from(chosen, (token) => corpus.words[token] as string),
    rarity: Float32Array.from(chosen, (token) => Math.log(corpus.papers / (papersWith[token] as number))),
    texts: asRows(corpus, rowOf),
  };
}

/** In how many papers each word occurs. */
function countPapers({ tokens, starts, words }: Corpus): Uint32Array {
  const counts = new Uint32Array(words.length);
  const last = new Int32Array(words.length).fill(NONE);
  for (let text = 0; text + 1 < starts.length; text++) {
    const paper = text >> 1;
    for (let at = starts[text] as number; at < (starts[text + 1] as number); at++) {
      const token = tokens[at] as number;
      if (last[token] === paper) continue;
      last[token] = paper;
      counts[token] = (counts[token] as number) + 1;
    }
  }
  return counts;
}

function mostFrequent(counts: Uint32Array, limit: number): Uint32Array {
  const order = Uint32Array.from(counts.keys()).sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  return order.subarray(0, limit);
}

function asRows({ tokens, starts }: Corpus, rowOf: Int32Array): Texts {
  const rows = new Uint16Array(new SharedArrayBuffer(2 * tokens.length));
  const bounds = new Uint32Array(new SharedArrayBuffer(starts.byteLength));
  let end = 0;
  for (let text = 0; text + 1 < starts.length; text++) {
    for (let at = starts[text] as number; at < (starts[text + 1] as number); at++) {
      const row = rowOf[tokens[at] as number] as number;
      if (row !== NONE) rows[end++] = row;
    }
    bounds[text + 1] = end;
  }
  return { rows, starts: bounds };
}
