/** The words of every paper in their order, in memory: what phrases are looked for in, and first papers are read. */

import { growTo, layOut, newMemory, openWasm } from '../wasm.ts';
import type { WasmMemory } from '../wasm.ts';
import { MOST_TERMS, WEIGHTS } from './terms.ts';

/**
 * A text is the numbers of its words in the term table plus 1, seven bits a byte, the low ones first, and 0 between two
 * sections: categories (and what else stands in no order), title, abstract, and each author.
 */
export interface Texts {
  bytes: Uint8Array;
  /** Bytes in use. */
  size: number;
  /** By paper number: where its text begins; the next one's is its end. */
  starts: Uint32Array;
  /** By number of the text: the slot of a word that is asked for, else 0; all 0 between two questions. */
  slotOf: Uint16Array;
  read: Read;
  memory: WasmMemory;
  at: Addresses;
}

/** The functions of texts.wat, which says what they do. */
interface Read {
  share(
    jobs: number,
    size: number,
    slotOf: number,
    words: number,
    times: number,
    sums: number,
    holders: number,
    held: number,
    most: number,
    least: number,
  ): number;
  weigh(jobs: number, size: number, slotOf: number, weights: number, times: number, slots: number): void;
  findRun(jobs: number, size: number, run: number, length: number): void;
}

const openRead = openWasm<Read>(new URL('texts.wasm', import.meta.url));

/** Words that can be asked for at once. */
export const MOST_SLOTS = 255;
/** Different words of the papers that are shared; twenty abstracts have some 1 200. */
const MOST_SHARED = 8191;
/** Papers that are read in one go. */
const JOBS = 1024;
const JOB_BYTES = 16;
/** Bytes of a phrase; nobody types more. */
const LONGEST_RUN = 4096;
/** What is read beyond the last text. */
const BEYOND = 32;
const LEAST_WORDS = 1 << 16;
/** Some hundred batches before more is asked of the system; memory that was never written to is not taken. */
const GROWTH = 1.125;

const SECTIONS = [WEIGHTS.categories, WEIGHTS.title, WEIGHTS.abstract];

type Addresses = ReturnType<typeof addressesFor>;

/** What grows most comes last, so that it need not move. */
function addressesFor(words: number, bytes: number) {
  return layOut({
    weights: (MOST_SLOTS + 1) * 4,
    /** By slot, as the three that follow. */
    times: (MOST_SHARED + 1) * 4,
    words: (MOST_SHARED + 1) * 4,
    sums: (MOST_SHARED + 1) * 8,
    holders: (MOST_SHARED + 1) * 4,
    /** Slots of the words of the paper at hand. */
    held: (MOST_SHARED + 1) * 4,
    run: LONGEST_RUN,
    jobs: JOBS * JOB_BYTES,
    slotOf: words * 2,
    bytes: bytes + BEYOND,
  });
}

/** Empty, with room for texts of so many words in all, in so many bytes. */
export function createTexts(words = LEAST_WORDS, bytes = 1 << 16): Texts {
  const memory = newMemory();
  const texts: Texts = {
    bytes: new Uint8Array(0),
    size: 0,
    starts: new Uint32Array(1),
    slotOf: new Uint16Array(0),
    read: openRead(memory),
    memory,
    at: addressesFor(0, 0),
  };
  resize(texts, words, bytes);
  return texts;
}

function resize(texts: Texts, words: number, bytes: number): void {
  const { memory, at: before, size } = texts;
  const at = addressesFor(words, bytes);
  growTo(memory, at.end);
  new Uint8Array(memory.buffer).copyWithin(at.bytes, before.bytes, before.bytes + size);
  texts.slotOf = new Uint16Array(memory.buffer, at.slotOf, words).fill(0);
  texts.bytes = new Uint8Array(memory.buffer, at.bytes, bytes);
  texts.at = at;
}

/** A paper as it comes: places in `terms`, -1 between sections, as `unpackOrder` gives them. */
export interface NewText {
  /** By place: the number in the term table, and how often the term counts. */
  terms: Uint32Array;
  counts: Uint8Array;
  order: readonly number[];
}

/** The text of the paper with the next number. `words` is the size of the term table. */
export function addText(texts: Texts, number: number, { terms, counts, order }: NewText, words: number): void {
  const rest = withoutOrder(counts, order);
  // Five bytes hold any number.
  const most = texts.size + 5 * (order.length + rest.length + 1);
  if (words >= texts.slotOf.length || most > texts.bytes.length) {
    const room = words < texts.slotOf.length ? texts.slotOf.length : 2 * words;
    resize(texts, room, Math.ceil(most * GROWTH));
  }
  const { bytes } = texts;
  let end = texts.size;
  for (const place of rest) end = writeNumber(bytes, end, (terms[place] as number) + 1);
  end = writeNumber(bytes, end, 0);
  for (const place of order) end = writeNumber(bytes, end, place < 0 ? 0 : (terms[place] as number) + 1);
  texts.size = end;
  if (number + 2 > texts.starts.length) {
    const { starts } = texts;
    texts.starts = new Uint32Array(Math.ceil((number + 2) * 1.5));
    texts.starts.set(starts);
  }
  texts.starts[number + 1] = texts.size;
}

/** Reused by every paper. Counts are bytes, and what is subtracted stays above -2^31. */
const left = new Int32Array(MOST_TERMS);

/** Places of the terms that count for more than their words in the order do, as often as they count for categories. */
function withoutOrder(counts: Uint8Array, order: readonly number[]): number[] {
  left.set(counts);
  let section = 1;
  let weight = WEIGHTS.title;
  for (const place of order) {
    if (place < 0) weight = SECTIONS[++section] ?? WEIGHTS.authors;
    else left[place] = (left[place] as number) - weight;
  }
  const rest: number[] = [];
  for (let place = 0; place < counts.length; place++) {
    for (let count = left[place] as number; count > 0; count -= WEIGHTS.categories) rest.push(place);
  }
  return rest;
}

/** Returns where it ends. */
function writeNumber(bytes: Uint8Array, at: number, number: number): number {
  let end = at;
  let rest = number;
  while (rest > 127) {
    bytes[end++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[end++] = rest;
  return end;
}

/** Whether an author of the text has all of these words, which are numbers of the term table, in the name; at most 32. */
export function hasName({ bytes, starts }: Texts, paper: number, words: readonly number[]): boolean {
  const end = starts[paper + 1] as number;
  // Names stand at the end. No byte of a word is 0, so they begin after the third one.
  let at = starts[paper] as number;
  for (let section = 0; section < SECTIONS.length; section++) at = bytes.indexOf(0, at) + 1;
  const all = words.reduce((set, _, place) => set | (1 << place), 0);
  let found = 0;
  while (at < end) {
    let word = 0;
    let byte = 128;
    for (let shift = 0; byte > 127; shift += 7) {
      byte = bytes[at++] as number;
      word |= (byte & 127) << shift;
    }
    if (word === 0) found = 0;
    const place = word === 0 ? -1 : words.indexOf(word - 1);
    if (place >= 0) found |= 1 << place;
    if (found === all) return true;
  }
  return false;
}

/** As it is kept. */
export function textOf({ bytes, starts }: Texts, paper: number): Uint8Array {
  return bytes.subarray(starts[paper], starts[paper + 1]);
}

export interface Sharing {
  /** By paper, in the order of the papers. */
  shares: ArrayLike<number>;
  normOf: (paper: number) => number;
  /** How many of the papers must have a word. */
  least: number;
}

/**
 * Of the words of the papers, by their numbers in the term table, the sum of a word's parts of their BM25 (times / (times +
 * norm)) times their shares, and how many of the papers have it. To be used before the next question, which overwrites it.
 */
export function shareTexts(
  texts: Texts,
  papers: ArrayLike<number>,
  { shares, normOf, least }: Sharing,
): { terms: Uint32Array; sums: Float64Array; holders: Uint32Array } {
  const { at, read, memory } = texts;
  let size = 0;
  runJobs(texts, papers, { normOf, given: shares }, (jobs) => {
    size = read.share(at.jobs, jobs, at.slotOf, at.words, at.times, at.sums, at.holders, at.held, MOST_SHARED, least);
  });
  const { buffer } = memory;
  return {
    terms: new Uint32Array(buffer, at.words, size),
    sums: new Float64Array(buffer, at.sums, size),
    holders: new Uint32Array(buffer, at.holders, size),
  };
}

/** For each of the papers its BM25 with these words, which are numbers of the term table; at most `MOST_SLOTS` words. */
export function weighTexts(
  texts: Texts,
  words: readonly { number: number; weight: number }[],
  papers: ArrayLike<number>,
  normOf: (paper: number) => number,
): Float32Array {
  const { slotOf, at, read, memory } = texts;
  const weights = new Float32Array(memory.buffer, at.weights, MOST_SLOTS + 1).fill(0);
  words.forEach(({ number, weight }, index) => {
    slotOf[number + 1] = index + 1;
    weights[index + 1] = weight;
  });
  const slots = Math.ceil((words.length + 1) / 4) * 16;
  const scores = runJobs(texts, papers, { normOf }, (size) =>
    read.weigh(at.jobs, size, at.slotOf, at.weights, at.times, slots),
  );
  for (const { number } of words) slotOf[number + 1] = 0;
  return scores;
}

/** Those of the papers in which the words stand side by side in this order, in title, abstract or a name. */
export function papersWithRun(texts: Texts, words: readonly number[], papers: Uint32Array): Uint32Array {
  const { at, read, memory } = texts;
  const run: number[] = [];
  for (const word of words) {
    let left = word + 1;
    for (; left > 127; left >>>= 7) run.push((left & 127) | 128);
    run.push(left);
  }
  const bytes = run.slice(0, LONGEST_RUN);
  new Uint8Array(memory.buffer, at.run, bytes.length).set(bytes);
  const has = runJobs(texts, papers, {}, (size) => read.findRun(at.jobs, size, at.run, bytes.length));
  let size = 0;
  const found = new Uint32Array(papers.length);
  for (let index = 0; index < papers.length; index++) if (has[index] === 1) found[size++] = papers[index] as number;
  return found.subarray(0, size);
}

interface JobOptions {
  /** What the length of a paper adds to the count of a word. */
  normOf?: (paper: number) => number;
  /** A number for each paper that is handed to `run`, which may put another one in its place. */
  given?: ArrayLike<number>;
}

/** Has the papers read, and returns what is found of each. */
function runJobs(
  { memory, at, starts }: Texts,
  papers: ArrayLike<number>,
  { normOf, given }: JobOptions,
  run: (size: number) => void,
): Float32Array {
  const results = new Float32Array(papers.length);
  const jobs = new Uint32Array(memory.buffer, at.jobs, (JOBS * JOB_BYTES) / 4);
  const numbers = new Float32Array(memory.buffer, at.jobs, (JOBS * JOB_BYTES) / 4);
  for (let first = 0; first < papers.length; first += JOBS) {
    const size = Math.min(JOBS, papers.length - first);
    for (let index = 0; index < size; index++) {
      const paper = papers[first + index] as number;
      // One that is not known has no text.
      jobs[4 * index] = at.bytes + (starts[paper] ?? 0);
      jobs[4 * index + 1] = at.bytes + (paper < 0 ? 0 : (starts[paper + 1] as number));
      numbers[4 * index + 2] = paper < 0 ? 1 : (normOf?.(paper) ?? 0);
      numbers[4 * index + 3] = given?.[first + index] ?? 0;
    }
    run(size);
    for (let index = 0; index < size; index++) results[first + index] = numbers[4 * index + 3] as number;
  }
  return results;
}
