/** The lexical index of all papers, in memory: which papers hold which stems, and how long they are. */

import { appendDocuments, NO_POSTINGS } from './postings.ts';
import type { Document, Postings } from './postings.ts';
import { createTermTable } from './term-table.ts';
import type { TermTable } from './term-table.ts';
import { unpackTerms } from './terms.ts';
import type { Term } from './terms.ts';

export interface LexicalIndex {
  table: TermTable;
  postings: Postings;
  /** By term: how many papers hold it. */
  frequencies: Uint32Array<ArrayBuffer>;
  /** Papers that were added last and are not yet in the postings. */
  waiting: Document[];
  /** Papers ever added; each is numbered by its arrival, and again when it is replaced. */
  count: number;
  /** By paper number. The length of a paper that was replaced is infinite, which makes its scores zero. */
  lengths: Float32Array<ArrayBuffer>;
  /** `papers.seq` by paper number. */
  seqs: Float64Array<ArrayBuffer>;
  /** The number of each paper, by `papers.seq`; without those that were replaced. */
  numberOf: Map<number, number>;
  totalLength: number;
  scratch: Scratch;
}

/** Reused by every search: a search is synchronous, so two never overlap. */
export interface Scratch {
  /** By paper number. */
  scores: Float32Array;
  /** By paper number: how many of the question's terms it holds. */
  matched: Uint16Array;
  /** Numbers of the papers that hold any of the terms: the first `size`. */
  touched: Uint32Array;
  size: number;
  /** Those of them that are allowed. */
  found: Uint32Array;
  /** By term; zero between two searches. */
  weights: Float32Array;
}

/** A paper's stems as `packPaper` made them. */
export interface PackedPaper {
  seq: number;
  packed: Uint8Array;
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
/** Where more are to come at once: some 15 MB of them, settled within 0.1 s. */
const BULK = 8192;

export function createLexicalIndex(): LexicalIndex {
  return {
    table: createTermTable(),
    postings: NO_POSTINGS,
    frequencies: new Uint32Array(0),
    waiting: [],
    count: 0,
    lengths: new Float32Array(0),
    seqs: new Float64Array(0),
    numberOf: new Map(),
    totalLength: 0,
    scratch: {
      scores: new Float32Array(0),
      matched: new Uint16Array(0),
      found: new Uint32Array(0),
      touched: new Uint32Array(0),
      size: 0,
      weights: new Float32Array(0),
    },
  };
}

/**
 * A paper that is known already is replaced. Where more are to come at once, `isLast` is false: they wait in larger
 * numbers then, because settling copies the whole index.
 */
export function addPapers(index: LexicalIndex, papers: readonly PackedPaper[], isLast = true): void {
  makeRoom(index, index.count + papers.length);
  for (const paper of papers) addPaper(index, paper);
  if (index.waiting.length <= (isLast ? WAITING : BULK)) return;
  index.postings = appendDocuments(index.postings, index.waiting, index.table.size);
  index.waiting = [];
}

function addPaper(index: LexicalIndex, { seq, packed }: PackedPaper): void {
  const before = index.numberOf.get(seq);
  if (before !== undefined) {
    index.totalLength -= index.lengths[before] as number;
    index.lengths[before] = Infinity;
  }
  const { terms, counts } = unpackTerms(packed);
  const number = index.count++;
  const length = lengthOf(counts);
  const numbers = terms.map((term) => index.table.add(term));
  countPapers(index, numbers);
  index.waiting.push({ number, terms: numbers, counts });
  index.lengths[number] = length;
  index.seqs[number] = seq;
  index.numberOf.set(seq, number);
  index.totalLength += length;
}

function countPapers(index: LexicalIndex, terms: Uint32Array): void {
  const { size } = index.table;
  if (size > index.frequencies.length) {
    const { frequencies } = index;
    index.frequencies = new Uint32Array(Math.ceil(size * 1.25));
    index.frequencies.set(frequencies);
  }
  for (const term of terms) index.frequencies[term] = (index.frequencies[term] as number) + 1;
}

/** Half as much again, so that papers that come one by one do not copy everything each time. */
function makeRoom(index: LexicalIndex, papers: number): void {
  if (papers <= index.seqs.length) return;
  const room = Math.max(papers, Math.ceil(index.seqs.length * 1.5));
  const { lengths, seqs, scratch } = index;
  index.lengths = new Float32Array(room);
  index.lengths.set(lengths);
  index.seqs = new Float64Array(room);
  index.seqs.set(seqs);
  scratch.scores = new Float32Array(room);
  scratch.matched = new Uint16Array(room);
  scratch.found = new Uint32Array(room);
  scratch.touched = new Uint32Array(room);
  scratch.size = 0;
}

function lengthOf(counts: Uint8Array): number {
  let length = 0;
  for (const count of counts) length += count;
  return length;
}

/** How much a term tells: near 0 if all papers hold it, most if none does. */
export function informationOf(index: LexicalIndex, term: Term): number {
  const number = index.table.find(term);
  const papers = index.numberOf.size;
  // Papers that were replaced count until the next start, which changes no order that anyone could tell.
  const frequency = number < 0 ? 0 : Math.min(index.frequencies[number] as number, papers);
  return Math.log(1 + (papers - frequency + 0.5) / (frequency + 0.5));
}

/** A paper's part of BM25 is times / (times + fixed + perLength * its length), times the information of the term. */
export function lengthNorm(index: LexicalIndex): { fixed: number; perLength: number } {
  return { fixed: K1 * (1 - B), perLength: (K1 * B * index.numberOf.size) / Math.max(1, index.totalLength) };
}

export interface WeightedTerm {
  term: Term;
  weight: number;
}

/** Terms of a paper with their part of its BM25 score, between 0 and 1, that is without how much they tell. */
export function weighTerms(index: LexicalIndex, packed: Uint8Array): WeightedTerm[] {
  const { terms, counts } = unpackTerms(packed);
  const { fixed, perLength } = lengthNorm(index);
  const norm = fixed + perLength * lengthOf(counts);
  return Array.from(terms, (term, at) => ({ term, weight: (counts[at] as number) / ((counts[at] as number) + norm) }));
}

/** Bytes held by its arrays. */
export function bytesOf({ table, postings, frequencies, lengths, seqs, scratch }: LexicalIndex): number {
  const { bytes, starts, last } = postings;
  const arrays = [
    bytes,
    starts,
    frequencies,
    last,
    lengths,
    seqs,
    scratch.scores,
    scratch.matched,
    scratch.found,
    scratch.touched,
    scratch.weights,
  ];
  return table.bytes + arrays.reduce((sum, array) => sum + array.byteLength, 0);
}
