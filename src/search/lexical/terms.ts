/** What the lexical index knows of a paper and of a question: stems as 32-bit numbers, and how often each occurs. */

import { addToken, mix, newStems, readStems } from '../stems.ts';
import type { Stems } from '../stems.ts';

/** The number of a stem. Among a million stems some hundred share theirs with another, which no ranking notices. */
export type Term = number;

export interface PaperText {
  title: string;
  abstract: string;
  /** Names as they are written. */
  authors: readonly string[];
  /** Space separated. */
  categories: string;
}

/**
 * How often a word counts by where it stands: a title says most of what a paper is about, then who wrote it. Also in
 * texts.wat.
 */
export const WEIGHTS = { title: 3, authors: 2, categories: 2, abstract: 1 };

const single = newStems();

export function termOf(token: string): Term {
  single.size = 0;
  addToken(single, token);
  return single.terms[0] as number;
}

/** Any number will do that is not 0. */
const AUTHOR = 0x61757468;

/** Names are also terms of their own kind, so that `author:` finds who wrote a paper and not who is mentioned in it. */
export function authorTermOf(token: string): Term {
  return authorTerm(termOf(token));
}

function authorTerm(term: Term): Term {
  return mix(term ^ AUTHOR);
}

/** Terms of the paper at hand and how often each occurs, weighted by field; reused by every paper. */
interface Scratch {
  /** Places in `terms` + 1 by the low bits of the term, the next free slot where two collide; 0 is a free slot. */
  slots: Uint16Array;
  terms: Uint32Array;
  counts: Uint8Array;
  size: number;
  /** Title, abstract and each author as they run: places in `terms` + 1 in seven bits a byte, 0 between two texts. */
  order: Uint8Array;
  end: number;
}

/** Different words of one paper, some thirty times an abstract's; further ones are left out. */
export const MOST_TERMS = 8191;
const SLOTS = 4 * (MOST_TERMS + 1);
const scratch: Scratch = {
  slots: new Uint16Array(SLOTS),
  terms: new Uint32Array(MOST_TERMS),
  counts: new Uint8Array(MOST_TERMS),
  size: 0,
  order: new Uint8Array(1 << 16),
  end: 0,
};

const texts = newStems();
const rest = newStems();

/**
 * What is kept of a paper: how many terms, then the terms, as 32 bits each (little-endian, as all machines that Node
 * runs on are), a byte of count for each (0 for those that only filter), and the order. The stems of title and abstract
 * are left in `stems`, for whoever makes more of them.
 */
export function packPaper({ title, abstract, authors, categories }: PaperText, stems: Stems = texts): Uint8Array {
  scratch.size = 0;
  scratch.end = 0;
  stems.size = 0;
  addText(stems, title, WEIGHTS.title);
  addText(stems, abstract, WEIGHTS.abstract);
  for (const author of authors) {
    rest.size = 0;
    addText(rest, author, WEIGHTS.authors);
    for (let at = 0; at < rest.size; at++) count(authorTerm(rest.terms[at] as number), 0);
  }
  rest.size = 0;
  readStems(rest, categories);
  for (let at = 0; at < rest.size; at++) count(rest.terms[at] as number, WEIGHTS.categories);
  return takePacked();
}

/** Appends the stems of the text, and counts them. */
function addText(stems: Stems, text: string, weight: number): void {
  let at = stems.size;
  readStems(stems, text);
  const { terms, size } = stems;
  for (; at < size; at++) {
    const place = count(terms[at] as number, weight);
    if (place >= 0) addToOrder(place + 1);
  }
  addToOrder(0);
}

function addToOrder(value: number): void {
  const { order, end } = scratch;
  // A text that is longer is no abstract: what is beyond is found by its words, not by phrases.
  if (end + 2 > order.length) return;
  if (value < 0x80) {
    order[end] = value;
    scratch.end = end + 1;
  } else {
    order[end] = 0x80 | (value & 0x7f);
    order[end + 1] = value >> 7;
    scratch.end = end + 2;
  }
}

/** Returns the place of the term; -1 if there are too many. */
function count(term: Term, weight: number): number {
  const { slots, terms, counts, size } = scratch;
  let slot = term & (SLOTS - 1);
  for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
    if (terms[held - 1] === term) {
      counts[held - 1] = Math.min((counts[held - 1] as number) + weight, 255);
      return held - 1;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  if (size === MOST_TERMS) return -1;
  terms[size] = term;
  counts[size] = weight;
  slots[slot] = ++scratch.size;
  return size;
}

function takePacked(): Uint8Array {
  const { slots, terms, counts, size, order, end } = scratch;
  const packed = new Uint8Array(4 + BYTES_PER_TERM * size + end);
  const header = new Uint32Array(packed.buffer, 0, 1 + size);
  header[0] = size;
  header.set(terms.subarray(0, size), 1);
  packed.set(counts.subarray(0, size), 4 + 4 * size);
  packed.set(order.subarray(0, end), 4 + BYTES_PER_TERM * size);
  // Emptying what was used is a hundred times less work than emptying all.
  for (let place = 0; place < size; place++) {
    let slot = (terms[place] as number) & (SLOTS - 1);
    while (slots[slot] !== 0) {
      slots[slot] = 0;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }
  return packed;
}

const BYTES_PER_TERM = 5;

export interface UnpackedTerms {
  terms: Uint32Array;
  counts: Uint8Array;
  /** Bytes, for `unpackOrder`. */
  order: Uint8Array;
}

/** What `packPaper` made, without copying where the bytes lie well. */
export function unpackTerms(packed: Uint8Array): UnpackedTerms {
  // PostgreSQL's client cuts its values out of larger buffers, where they may begin at any byte.
  const bytes = packed.byteOffset % 4 === 0 ? packed : packed.slice();
  if (bytes.length < 4) return { terms: new Uint32Array(0), counts: bytes, order: bytes };
  const size = new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0] as number;
  const counts = 4 + 4 * size;
  return {
    terms: new Uint32Array(bytes.buffer, bytes.byteOffset + 4, size),
    counts: bytes.subarray(counts, counts + size),
    order: bytes.subarray(counts + size),
  };
}

/** Places in `terms`, and -1 between two texts. */
export function unpackOrder(order: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = 0; at < order.length; at++) {
    let value = order[at] as number;
    if (value > 0x7f) value = (value & 0x7f) | ((order[++at] as number) << 7);
    places.push(value - 1);
  }
  return places;
}
