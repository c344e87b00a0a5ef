/** What the lexical index knows of a paper and of a question: stems as 32-bit numbers, and how often each occurs. */

import { createSpellings, numberOf } from '../spellings.ts';
import { stem } from '../stem.ts';
import { tokenize } from '../tokens.ts';

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

/** How often a word counts by where it stands: a title says most of what a paper is about, then who wrote it. */
const WEIGHTS = { title: 3, authors: 2, categories: 2, abstract: 1 };

/** Stems are found some 250 times a paper, and the same few thousand make up most of any text. */
const known = createSpellings();

export function termOf(token: string): Term {
  return numberOf(known, token, (spelling) => hash(stem(spelling))) >>> 0;
}

/** FNV-1a with Murmur's last mixing. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return mix(value);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Any number will do that is not 0. */
const AUTHOR = 0x61757468;

/** Names are also terms of their own kind, so that `author:` finds who wrote a paper and not who is mentioned in it. */
export function authorTermOf(token: string): Term {
  return mix(termOf(token) ^ AUTHOR);
}

export interface PaperTerms {
  /** Each term once, in no order. */
  terms: readonly Term[];
  /** Weighted by field; 0 for terms that only filter. */
  counts: readonly number[];
  /** Title, abstract and each author as they run, as places in `terms`; -1 between two of them. */
  order: readonly number[];
}

export function termsOf(paper: PaperText): PaperTerms {
  const found: PaperTerms & { terms: Term[]; counts: number[]; order: number[] } = { terms: [], counts: [], order: [] };
  const places = new Map<Term, number>();
  const add = (term: Term, weight: number): number => {
    let place = places.get(term);
    if (place === undefined) {
      place = found.terms.push(term) - 1;
      found.counts.push(0);
      places.set(term, place);
    }
    found.counts[place] = (found.counts[place] as number) + weight;
    return place;
  };
  const addText = (text: string, weight: number): void => {
    for (const token of tokenize(text)) found.order.push(add(termOf(token), weight));
    found.order.push(-1);
  };
  addText(paper.title, WEIGHTS.title);
  addText(paper.abstract, WEIGHTS.abstract);
  for (const author of paper.authors) {
    addText(author, WEIGHTS.authors);
    for (const token of tokenize(author)) add(authorTermOf(token), 0);
  }
  for (const token of tokenize(paper.categories)) add(termOf(token), WEIGHTS.categories);
  return found;
}

/**
 * How many terms, then the terms, as 32 bits each (little-endian, as all machines that Node runs on are), a byte of
 * count for each, and the order as places + 1 in seven bits a byte.
 */
export function packTerms({ terms, counts, order }: PaperTerms): Uint8Array {
  const packed = new Uint8Array(4 + terms.length * BYTES_PER_TERM + 2 * order.length);
  new Uint32Array(packed.buffer, 0, 1 + terms.length).set([terms.length, ...terms]);
  let end = 4 + 4 * terms.length;
  for (const count of counts) packed[end++] = Math.min(count, 255);
  for (const place of order) {
    const value = place + 1;
    // No paper has 16 384 different words: what is beyond is not part of any phrase.
    if (value > 0x3fff) break;
    if (value > 0x7f) packed[end++] = 0x80 | (value & 0x7f);
    packed[end++] = value > 0x7f ? value >> 7 : value;
  }
  return packed.subarray(0, end);
}

const BYTES_PER_TERM = 5;

export interface UnpackedTerms {
  terms: Uint32Array;
  counts: Uint8Array;
  /** Bytes, for `unpackOrder`. */
  order: Uint8Array;
}

/** What `packTerms` made, without copying where the bytes lie well. */
export function unpackTerms(packed: Uint8Array): UnpackedTerms {
  // PostgreSQL's client cuts its values out of larger buffers, where they may begin at any byte.
  const bytes = packed.byteOffset % 4 === 0 ? packed : packed.slice();
  const size = bytes.length < 4 ? 0 : (new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0] as number);
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
