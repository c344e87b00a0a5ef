/** The lexical index of all papers, in memory: which papers hold which stems, and how long they are. */

import { appendDocuments, createPostings, MOST_WORDS, reservePapers } from './postings.ts';
import type { Document, Postings } from './postings.ts';
import { STOP_WORDS } from './stop-words.ts';
import { createTermTable } from './term-table.ts';
import type { TermTable } from './term-table.ts';
import { termOf, unpackOrder, unpackTerms } from './terms.ts';
import type { Term } from './terms.ts';
import { addText, createTexts, MOST_SLOTS, shareTexts, weighTexts } from './texts.ts';
import type { Texts } from './texts.ts';

export interface LexicalIndex {
  /** Stop words have the numbers below `stopWords`. */
  table: TermTable;
  stopWords: number;
  postings: Postings;
  texts: Texts;
  /** By term number: how many papers hold it. */
  frequencies: Uint32Array<ArrayBuffer>;
  /** Papers that were added last and are not yet in the postings. */
  waiting: Document[];
  /** Papers ever added; each is numbered by its arrival, and again when it is replaced. */
  count: number;
  /** Numbers of papers that came again under another number, and still stand in the postings. */
  replaced: number[];
  /** Without those that were replaced. */
  papers: number;
  /** `papers.seq` by paper number. */
  seqs: Int32Array<ArrayBuffer>;
  /** By `papers.seq`: the paper's number plus one, 0 for none. A `Map` would take ten times the memory. */
  numbers: Int32Array<ArrayBuffer>;
  totalLength: number;
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
  const table = createTermTable();
  // First, so that they have low numbers: they are told by them, and take a byte in the texts.
  for (const word of STOP_WORDS) table.add(termOf(word));
  return {
    table,
    stopWords: table.size,
    postings: createPostings(),
    texts: createTexts(),
    frequencies: new Uint32Array(0),
    waiting: [],
    count: 0,
    replaced: [],
    papers: 0,
    seqs: new Int32Array(0),
    numbers: new Int32Array(0),
    totalLength: 0,
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
  appendDocuments(index.postings, index.waiting, index.table.size);
  index.waiting = [];
}

function addPaper(index: LexicalIndex, { seq, packed }: PackedPaper): void {
  const { lengths } = index.postings;
  const before = numberOf(index, seq);
  if (before >= 0) {
    index.totalLength -= lengths[before] as number;
    index.papers--;
    index.replaced.push(before);
  }
  const { terms, counts, order } = unpackTerms(packed);
  const number = index.count++;
  const numbers = terms.map((term) => index.table.add(term));
  countPapers(index, numbers);
  index.waiting.push({ number, terms: numbers, counts });
  addText(index.texts, number, { terms: numbers, counts, order: unpackOrder(order) }, index.table.size);
  lengths[number] = lengthOf(counts);
  index.totalLength += lengths[number] as number;
  index.papers++;
  index.seqs[number] = seq;
  if (seq >= index.numbers.length) index.numbers = lengthened(index.numbers, Math.ceil((seq + 1) * GROWTH));
  index.numbers[seq] = number + 1;
}

/** Below 0 if the paper is not indexed. */
export function numberOf({ numbers }: LexicalIndex, seq: number): number {
  return (numbers[seq] ?? 0) - 1;
}

/** As `numberOf`, of many. */
export function numbersOf({ numbers }: LexicalIndex, seqs: Int32Array | Uint32Array): Int32Array {
  const found = new Int32Array(seqs.length);
  for (let at = 0; at < seqs.length; at++) found[at] = (numbers[seqs[at] as number] ?? 0) - 1;
  return found;
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

/**
 * `papers.seq` of papers by number. (`Int32Array.from` with a function takes ten times as long, which tens of thousands of
 * papers feel.)
 */
export function seqsOf({ seqs }: LexicalIndex, papers: Uint32Array): Int32Array {
  const found = new Int32Array(papers.length);
  for (let at = 0; at < papers.length; at++) found[at] = seqs[papers[at] as number] as number;
  return found;
}

/** Half as much again, so that papers that come one by one do not copy everything each time. */
const GROWTH = 1.5;

function makeRoom(index: LexicalIndex, papers: number): void {
  if (papers <= index.seqs.length) return;
  const room = Math.max(papers, Math.ceil(index.seqs.length * GROWTH));
  index.seqs = lengthened(index.seqs, room);
  reservePapers(index.postings, room);
}

function lengthened(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(array);
  return longer;
}

function lengthOf(counts: Uint8Array): number {
  let length = 0;
  for (const count of counts) length += count;
  return Math.min(length, MOST_WORDS);
}

/** How much a term tells: near 0 if all papers hold it, most if none does. */
export function informationOf(index: LexicalIndex, term: Term): number {
  return informationOfNumber(index, index.table.find(term));
}

/** As `informationOf` by its number in the table; of an unknown one below 0. */
export function informationOfNumber({ papers, frequencies }: LexicalIndex, number: number): number {
  // Papers that were replaced count until the next start, which changes no order that anyone could tell.
  const frequency = Math.min(frequencies[number] ?? 0, papers);
  return Math.log(1 + (papers - frequency + 0.5) / (frequency + 0.5));
}

/** A paper's part of BM25 is times / (times + fixed + perLength * its length), times the information of the term. */
export function lengthNorm({ papers, totalLength }: LexicalIndex): { fixed: number; perLength: number } {
  return { fixed: K1 * (1 - B), perLength: (K1 * B * papers) / Math.max(1, totalLength) };
}

export interface WeightedTerm {
  term: Term;
  weight: number;
}

/** What the papers with these `papers.seq` say together, each as much as its share: as `shareTexts` has it. */
export function shareTerms(
  index: LexicalIndex,
  seqs: Int32Array,
  shares: Float64Array,
  least: number,
): ReturnType<typeof shareTexts> {
  return shareTexts(index.texts, numbersOf(index, seqs), { shares, normOf: normsOf(index), least });
}

/** BM25 of each of the papers for terms by their numbers in the table, in the order of `seqs`. */
export function weighPapers(
  index: LexicalIndex,
  terms: readonly WeightedTerm[],
  seqs: Int32Array | Uint32Array,
): Float32Array {
  const words = terms.map(({ term, weight }) => ({ number: term, weight: weight * informationOfNumber(index, term) }));
  return weighTexts(index.texts, words.slice(0, MOST_SLOTS), numbersOf(index, seqs), normsOf(index));
}

/** By paper number: what the length of a paper adds to the count of a word. */
export function normsOf(index: LexicalIndex): (paper: number) => number {
  const { fixed, perLength } = lengthNorm(index);
  const { lengths } = index.postings;
  return (paper) => fixed + perLength * (lengths[paper] as number);
}
