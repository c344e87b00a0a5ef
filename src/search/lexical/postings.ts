/** Which papers hold a term and how often: for each term one run of bytes, (gap to the paper before, count) each. */

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
}

export const NO_POSTINGS: Postings = {
  bytes: new Uint8Array(0),
  starts: new Uint32Array(1),
  last: new Uint32Array(0),
};

/** Runs of `before` with `documents` at their ends; `terms` is the size of the term table. Numbers must ascend. */
export function appendDocuments(before: Postings, documents: readonly Document[], terms: number): Postings {
  const last = lengthened(before.last, terms);
  const added = new Uint32Array(terms);
  for (const { number, terms: held } of documents) {
    for (const term of held) {
      added[term] = at(added, term) + gapSize(number - at(last, term)) + 1;
      last[term] = number;
    }
  }
  const known = before.last.length;
  const starts = new Uint32Array(terms + 1);
  const ends = new Uint32Array(terms);
  for (let term = 0; term < terms; term++) {
    const kept = term < known ? at(before.starts, term + 1) - at(before.starts, term) : 0;
    ends[term] = at(starts, term) + kept;
    starts[term + 1] = at(ends, term) + at(added, term);
  }
  const bytes = new Uint8Array(at(starts, terms));
  copyRuns(before, bytes, starts);
  writeRuns(bytes, ends, lengthened(before.last, terms), documents);
  return { bytes, starts, last };
}

function copyRuns(before: Postings, bytes: Uint8Array, starts: Uint32Array): void {
  const known = before.last.length;
  for (let term = 0; term < known; term++) {
    let from = at(before.starts, term);
    const end = at(before.starts, term + 1);
    let to = at(starts, term);
    // Most runs are a few bytes long, for which setting up a copy takes longer than copying.
    if (end - from > 64) bytes.set(before.bytes.subarray(from, end), to);
    else while (from < end) bytes[to++] = at(before.bytes, from++);
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
