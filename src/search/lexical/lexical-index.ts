/** BM25 over all papers in memory: every posting of every term of the question is scored, so filters cost nothing. */

import { appendDocuments, NO_POSTINGS } from './postings.ts';
import type { Document } from './postings.ts';
import { createTermTable } from './term-table.ts';
import { unpackTerms } from './terms.ts';
import type { Term } from './terms.ts';
import { best } from './best.ts';

export interface WeightedTerm {
  term: Term;
  weight: number;
}

export interface LexicalQuery {
  terms: readonly WeightedTerm[];
  limit: number;
  /** Only papers that hold every term. */
  every?: boolean;
  /** Only papers for which this holds; asked with `papers.seq`. */
  accepts?: ((seq: number) => boolean) | undefined;
}

export interface LexicalHit {
  seq: number;
  score: number;
  /** How many of the terms it holds. */
  matched: number;
}

export interface LexicalHits {
  /** Best first; of equal ones the newer (higher `seq`) first. */
  hits: LexicalHit[];
  /** Papers that match, hits or not. */
  total: number;
  /** Of any paper, hit or not; only until the next search. */
  scoreOf(seq: number): number;
}

export interface LexicalIndex {
  /** `packed` as `packTerms` made it. A paper that is known already is replaced. */
  add(papers: Iterable<{ seq: number; packed: Uint8Array }>): void;
  search(query: LexicalQuery): LexicalHits;
  /** How much a term tells: near 0 if all papers hold it, most if none does. */
  informationOf(term: Term): number;
  /** Terms of a paper with their part of its BM25 score, between 0 and 1, that is without how much they tell. */
  weigh(packed: Uint8Array): WeightedTerm[];
  /** Papers. */
  readonly size: number;
  /** Held by its arrays. */
  readonly bytes: number;
}

/**
 * How soon further repeats say nothing new (k1), and how far a long text is marked down (b). Robertson's defaults; on
 * halves of abstracts, titles and topics as questions over arXiv they were better than 0.9 and 0.4, and more k1 gave
 * no more.
 */
const K1 = 1.2;
const B = 0.75;
/** Papers that wait before they are put at the ends of the runs; until then a search reads them one by one (0.2 ms). */
const WAITING = 1024;

export function createLexicalIndex({ k1 = K1, b = B } = {}): LexicalIndex {
  const table = createTermTable();
  let postings = NO_POSTINGS;
  let waiting: Document[] = [];
  /** By paper number. The length of a paper that was replaced is infinite, which makes its scores zero. */
  let lengths = new Float32Array(1024);
  let seqs = new Float64Array(1024);
  let scores = new Float32Array(1024);
  let matched = new Uint8Array(1024);
  let count = 0;
  let totalLength = 0;
  const numberOf = new Map<number, number>();
  /** By term; zero but during a search. */
  let weights = new Float32Array(0);

  function remove(seq: number): void {
    const number = numberOf.get(seq);
    if (number === undefined) return;
    totalLength -= lengths[number] as number;
    lengths[number] = Infinity;
    numberOf.delete(seq);
  }

  function addOne(seq: number, packed: Uint8Array): void {
    remove(seq);
    if (count === seqs.length) {
      lengths = grown(lengths, new Float32Array(count * 1.5));
      seqs = grown(seqs, new Float64Array(count * 1.5));
      scores = new Float32Array(count * 1.5);
      matched = new Uint8Array(count * 1.5);
    }
    const { terms, counts } = unpackTerms(packed);
    const numbers = new Uint32Array(terms.length);
    let length = 0;
    for (let index = 0; index < terms.length; index++) {
      numbers[index] = table.add(terms[index] as Term);
      length += counts[index] as number;
    }
    waiting.push({ number: count, terms: numbers, counts });
    lengths[count] = length;
    seqs[count] = seq;
    numberOf.set(seq, count);
    totalLength += length;
    count++;
  }

  function settle(): void {
    postings = appendDocuments(postings, waiting, table.size);
    weights = new Float32Array(table.size);
    waiting = [];
  }

  function frequencyOf(number: number): number {
    return number < 0 ? 0 : (postings.frequencies[number] ?? 0) + waitingWith(number);
  }

  function waitingWith(number: number): number {
    return number < 0 || waiting.length === 0 ? 0 : waiting.filter(({ terms }) => terms.includes(number)).length;
  }

  function information(frequency: number): number {
    return Math.log(1 + (numberOf.size - frequency + 0.5) / (frequency + 0.5));
  }

  function scoreRun(number: number, weight: number): void {
    const { bytes, starts } = postings;
    const fixed = k1 * (1 - b);
    const perLength = (k1 * b * numberOf.size) / totalLength;
    let from = starts[number] as number;
    const end = starts[number + 1] as number;
    let paper = 0;
    while (from < end) {
      let byte = bytes[from++] as number;
      let shift = 0;
      while (byte > 127) {
        paper += (byte & 127) << shift;
        shift += 7;
        byte = bytes[from++] as number;
      }
      paper += byte << shift;
      const times = bytes[from++] as number;
      scores[paper] =
        (scores[paper] as number) + (weight * times) / (times + fixed + perLength * (lengths[paper] as number));
      matched[paper] = (matched[paper] as number) + 1;
    }
  }

  function scoreWaiting(): void {
    const fixed = k1 * (1 - b);
    const perLength = (k1 * b * numberOf.size) / totalLength;
    for (const { number: paper, terms, counts } of waiting) {
      for (let index = 0; index < terms.length; index++) {
        const weight = weights[terms[index] as number] as number;
        if (!(weight > 0)) continue;
        const times = counts[index] as number;
        scores[paper] =
          (scores[paper] as number) + (weight * times) / (times + fixed + perLength * (lengths[paper] as number));
        matched[paper] = (matched[paper] as number) + 1;
      }
    }
  }

  function scoreOf(seq: number): number {
    const number = numberOf.get(seq);
    return number === undefined ? 0 : (scores[number] as number);
  }

  return {
    get size() {
      return numberOf.size;
    },
    get bytes() {
      const { bytes, starts, frequencies, last } = postings;
      const arrays = [bytes, starts, frequencies, last, lengths, seqs, scores, matched, weights];
      return table.bytes + arrays.reduce((sum, array) => sum + array.byteLength, 0);
    },
    add(papers) {
      for (const { seq, packed } of papers) addOne(seq, packed);
      if (waiting.length > WAITING) settle();
    },
    informationOf: (term) => information(frequencyOf(table.find(term))),
    weigh(packed) {
      const { terms, counts } = unpackTerms(packed);
      const length = counts.reduce((sum, times) => sum + times, 0);
      const norm = k1 * (1 - b + (b * length * numberOf.size) / totalLength);
      return Array.from(terms, (term, at) => ({
        term,
        weight: (counts[at] as number) / ((counts[at] as number) + norm),
      }));
    },
    search({ terms, limit, every = false, accepts }) {
      if (weights.length < table.size) weights = new Float32Array(table.size);
      scores.fill(0, 0, count);
      matched.fill(0, 0, count);
      const numbers = terms.map(({ term }) => table.find(term));
      for (const [index, { weight }] of terms.entries()) {
        const number = numbers[index] as number;
        if (number < 0) continue;
        const informed = weight * information(frequencyOf(number));
        weights[number] = informed;
        if (number < postings.frequencies.length) scoreRun(number, informed);
      }
      if (waiting.length > 0) scoreWaiting();
      for (const number of numbers) if (number >= 0) weights[number] = 0;
      const needed = every ? Math.min(terms.length, 255) : 1;
      let total = 0;
      const ranking = best(limit);
      for (let paper = 0; paper < count; paper++) {
        const score = scores[paper] as number;
        if (!(score > 0) || (matched[paper] as number) < needed) continue;
        const seq = seqs[paper] as number;
        if (accepts !== undefined && !accepts(seq)) continue;
        total++;
        ranking.offer(paper, score);
      }
      const hits = ranking.take().map((paper) => ({
        seq: seqs[paper] as number,
        score: scores[paper] as number,
        matched: matched[paper] as number,
      }));
      return { hits, total, scoreOf };
    },
  };
}

function grown<A extends Float32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
