/** Reads a text as the stems of its tokens, in numbers: once for what is kept of its words and for its vector. */

import { crc32 } from 'node:zlib';
import { stem } from './stem.ts';
import { cutAny, cutCompound, hashWord, MAX_TOKEN, newWord, nextWord, unwrap } from './tokens.ts';
import type { Word } from './tokens.ts';

/** Stems one after another, in the order of the text. Two stems with both numbers in common are not to be expected. */
export interface Stems {
  /** Their hashes. */
  terms: Uint32Array;
  /** Their CRC-32. */
  checks: Uint32Array;
  /** How many there are; what stands beyond is left from before. */
  size: number;
}

/** Some ten times an abstract. */
const ROOM = 4096;

export function newStems(): Stems {
  return { terms: new Uint32Array(ROOM), checks: new Uint32Array(ROOM), size: 0 };
}

/** FNV-1a with Murmur's last mixing. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return mix(value);
}

export function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * What came of words met lately, by their two hashes, in four numbers a slot: hashes, term and check. Without strings,
 * which is faster than a `Map` and keeps none. 20 000 abstracts hold 90 000 spellings; a quarter as many slots cost a
 * fifth of the speed. That two of a million spellings have both hashes in common is less likely than 1 in 10⁷.
 */
const SLOTS = 2 ** 18;
const known = new Uint32Array(4 * SLOTS);

/** The same for compounds: hashes, number of stems, a gap, then term and check of each stem. */
const COMPOUND_SLOTS = 2 ** 15;
const MOST_STEMS = 6;
const COMPOUND_SIZE = 4 + 2 * MOST_STEMS;
const compounds = new Uint32Array(COMPOUND_SIZE * COMPOUND_SLOTS);

/** Appends the stems of `tokenize(text)`. */
export function readStems(stems: Stems, text: string): void {
  const { words, isAscii } = unwrap(text);
  if (!isAscii) {
    for (const token of cutAny(words)) addToken(stems, token);
    return;
  }
  const word = newWord();
  for (let at = 0; nextWord(word, words, at); at = word.end) {
    if (word.isCompound) addCompound(stems, words, word);
    else if (word.end - word.start <= MAX_TOKEN) addWord(stems, words, word);
  }
}

const given = newWord();

/** Appends the stem of a token. */
export function addToken(stems: Stems, token: string): void {
  given.start = 0;
  given.end = token.length;
  hashWord(given, token);
  addWord(stems, token, given);
}

function addWord(stems: Stems, text: string, { start, end, first, second }: Word): void {
  const slot = 4 * placeOf(first, SLOTS);
  if (known[slot] !== first >>> 0 || known[slot + 1] !== second >>> 0) {
    const found = stem(text.slice(start, end));
    known[slot] = first;
    known[slot + 1] = second;
    known[slot + 2] = hash(found);
    known[slot + 3] = crc32(found);
  }
  add(stems, known[slot + 2] as number, known[slot + 3] as number);
}

function addCompound(stems: Stems, text: string, { start, end, first, second }: Word): void {
  const slot = COMPOUND_SIZE * placeOf(first, COMPOUND_SLOTS);
  const from = slot + 4;
  if (compounds[slot] === first >>> 0 && compounds[slot + 1] === second >>> 0) {
    const to = from + 2 * (compounds[slot + 2] as number);
    for (let at = from; at < to; at += 2) add(stems, compounds[at] as number, compounds[at + 1] as number);
    return;
  }
  const before = stems.size;
  for (const token of cutCompound(text.slice(start, end))) addToken(stems, token);
  const size = stems.size - before;
  if (size > MOST_STEMS) return;
  compounds[slot] = first;
  compounds[slot + 1] = second;
  compounds[slot + 2] = size;
  for (let index = 0; index < size; index++) {
    compounds[from + 2 * index] = stems.terms[before + index] as number;
    compounds[from + 2 * index + 1] = stems.checks[before + index] as number;
  }
}

function placeOf(first: number, slots: number): number {
  return ((first >>> 1) ^ (first >>> 16)) & (slots - 1);
}

function add(stems: Stems, term: number, check: number): void {
  if (stems.size === stems.terms.length) grow(stems);
  stems.terms[stems.size] = term;
  stems.checks[stems.size] = check;
  stems.size++;
}

function grow(stems: Stems): void {
  const [terms, checks] = [new Uint32Array(2 * stems.size), new Uint32Array(2 * stems.size)];
  terms.set(stems.terms);
  checks.set(stems.checks);
  Object.assign(stems, { terms, checks });
}
