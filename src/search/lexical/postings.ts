/** Which papers hold a term and how often: for each term one run of bytes, (gap to the paper before, count) each. */

import { growTo, layOut, newMemory, openWasm } from '../wasm.ts';
import type { WasmMemory } from '../wasm.ts';

/** A paper's terms by their numbers in the term table. Papers are numbered in the order in which they are added. */
export interface Document {
  number: number;
  terms: Uint32Array;
  /** Weighted, at most 255. */
  counts: Uint8Array;
}

export interface Postings {
  /** Run of term `t` is `bytes[starts[t] … starts[t + 1])`. */
  bytes: Uint8Array;
  starts: Uint32Array;
  /** The last paper of each run, from which the next gap counts. */
  last: Uint32Array;
  /** By paper number, at most `MOST_WORDS`. */
  lengths: Uint16Array;
  /** By paper number, as score.wat makes them of the question at hand. */
  scores: Uint32Array;
  score: Score;
  /** `papers.seq` by paper number where score.wat reads them, below 0 for papers that were replaced, and how far they go. */
  seqs: Int32Array;
  known: { papers: number; replaced: number };
  /** By `papers.seq`, written for each question that has a filter. */
  accepted: Uint8Array;
  /** Holds `bytes`, `lengths`, `scores`, `seqs`, `accepted` and what questions write. */
  memory: WasmMemory;
  at: Addresses;
}

/** The functions of score.wat, which says what they do. */
export interface Score {
  match(
    runs: number,
    words: number,
    scores: number,
    lengths: number,
    settled: number,
    count: number,
    fixed: number,
    perLength: number,
    wanted: number,
    limit: number,
    seqs: number,
    accepted: number,
    end: number,
    counts: number,
    complete: number,
    picked: number,
  ): number;
}

const openScore = openWasm<Score>(new URL('score.wasm', import.meta.url));

/** The most that is kept of a length. */
export const MOST_WORDS = 0xffff;
/** Words of one question. */
export const MOST_TERMS = 127;
const RUN_BYTES = 16;
/** Steps of the score in which papers are counted. */
const STEPS = 2048;

type Addresses = ReturnType<typeof addressesFor>;

function addressesFor(bytes: number, papers: number, seqs: number) {
  return layOut({
    counts: STEPS * 4,
    runs: MOST_TERMS * RUN_BYTES,
    bytes,
    lengths: papers * 2,
    scores: papers * 4,
    seqs: papers * 4,
    accepted: seqs,
    /** `papers.seq` of those that hold all words; then those with the best scores, as score.wat says. */
    complete: papers * 4,
    picked: papers * 8,
  });
}

/** Empty, with room for so many bytes and papers. */
export function createPostings(bytes = 0, papers = 0): Postings {
  const memory = newMemory();
  const postings: Postings = {
    bytes: new Uint8Array(0),
    starts: new Uint32Array(1),
    last: new Uint32Array(0),
    lengths: new Uint16Array(0),
    scores: new Uint32Array(0),
    score: openScore(memory),
    seqs: new Int32Array(0),
    known: { papers: 0, replaced: 0 },
    accepted: new Uint8Array(0),
    memory,
    at: addressesFor(0, 0, 0),
  };
  resize(postings, bytes, papers);
  return postings;
}

/** Makes room for so many papers; a multiple of four, because as many scores are looked at together. */
export function reservePapers(postings: Postings, papers: number): void {
  resize(postings, postings.bytes.length, Math.ceil(papers / 4) * 4);
}

/** Makes room for filters of so many papers. */
export function reserveAccepted(postings: Postings, seqs: number): void {
  if (seqs > postings.accepted.length) {
    resize(postings, postings.bytes.length, postings.lengths.length, Math.ceil(seqs * 1.5));
  }
}

function resize(postings: Postings, bytes: number, papers: number, seqs = postings.accepted.length): void {
  const { memory, at: before } = postings;
  const kept = postings.lengths.length;
  const at = addressesFor(bytes, papers, seqs);
  growTo(memory, at.end);
  const { buffer } = memory;
  new Uint8Array(buffer).copyWithin(at.lengths, before.lengths, before.lengths + 2 * kept);
  postings.bytes = new Uint8Array(buffer, at.bytes, bytes);
  postings.lengths = new Uint16Array(buffer, at.lengths, papers);
  postings.lengths.fill(0, kept);
  postings.scores = new Uint32Array(buffer, at.scores, papers).fill(0);
  postings.seqs = new Int32Array(buffer, at.seqs, papers);
  postings.known = { papers: 0, replaced: 0 };
  postings.accepted = new Uint8Array(buffer, at.accepted, seqs);
  postings.at = at;
}

/** Puts `documents` at the ends of the runs; `terms` is the size of the term table. Numbers must ascend. */
export function appendDocuments(postings: Postings, documents: readonly Document[], terms: number): void {
  const last = lengthened(postings.last, terms);
  const added = new Uint32Array(terms);
  for (const { number, terms: held } of documents) {
    for (const term of held) {
      added[term] = at(added, term) + gapSize(number - at(last, term)) + 1;
      last[term] = number;
    }
  }
  const before = postings.starts;
  const known = before.length - 1;
  const starts = new Uint32Array(terms + 1);
  const ends = new Uint32Array(terms);
  for (let term = 0; term < terms; term++) {
    const kept = term < known ? at(before, term + 1) - at(before, term) : 0;
    ends[term] = at(starts, term) + kept;
    starts[term + 1] = at(ends, term) + at(added, term);
  }
  resize(postings, at(starts, terms), postings.lengths.length);
  moveRuns(postings.bytes, before, starts);
  writeRuns(postings.bytes, ends, lengthened(postings.last, terms), documents);
  postings.starts = starts;
  postings.last = last;
}

/** From where they begin to where they shall, which is further on: the last one first, so that none is written over. */
function moveRuns(bytes: Uint8Array, from: Uint32Array, to: Uint32Array): void {
  let term = from.length - 2;
  while (term >= 0) {
    const shift = at(to, term) - at(from, term);
    // Nothing before it has grown either.
    if (shift === 0) return;
    const end = at(from, term + 1);
    // Most runs have not grown, so those before them move as far: together.
    while (term > 0 && at(to, term - 1) - at(from, term - 1) === shift) term--;
    const start = at(from, term);
    bytes.copyWithin(start + shift, start, end);
    term--;
  }
}
function writeRuns(bytes: Uint8Array, ends: Uint32Array, last: Uint32Array, documents: readonly Document[]): void {
  for (const { number, terms, counts } of documents) {
    for (let index = 0; index < terms.length; index++) {
      const term = at(terms, index);
      let gap = number - at(last, term);
      let to = at(ends, term);
      while (gap > 127) {
        bytes[to++] = (gap & 127) | 128;
        gap >>>= 7;
      }
      bytes[to++] = gap;
      bytes[to++] = at(counts, index);
      ends[term] = to;
      last[term] = number;
    }
  }
}

/** Seven bits a byte, the low ones first. */
function gapSize(gap: number): number {
  return gap < 1 << 7 ? 1 : gap < 1 << 14 ? 2 : gap < 1 << 21 ? 3 : gap < 1 << 28 ? 4 : 5;
}

function lengthened(array: Uint32Array, length: number): Uint32Array {
  const longer = new Uint32Array(length);
  longer.set(array);
  return longer;
}

/** Typed arrays know no holes; every index here is within bounds by construction. */
function at(array: Uint8Array | Uint32Array, index: number): number {
  return array[index] as number;
}
