/** What the lexical index knows of a paper and of a question: stems as 32-bit numbers, and how often each occurs. */

import { stem } from '../stem.ts';
import { tokenize } from '../tokens.ts';

/** The number of a stem. Among a million stems some hundred share theirs with another, which no ranking notices. */
export type Term = number;

export interface PaperText {
  title: string;
  abstract: string;
  /** Names as they are written. */
  authors: string;
  /** Space separated. */
  categories: string;
}

/** How often a word counts by where it stands: a title says most of what a paper is about, then who wrote it. */
const WEIGHTS = { title: 3, authors: 2, categories: 2, abstract: 1 };

/** Stems are found some 170 times a paper, and the same few thousand make up most of any text. */
const known = new Map<string, Term>();
/** Some 10 MB. Emptied at once when full: what is common is back within a few papers. */
const KNOWN_LIMIT = 100_000;

export function termOf(token: string): Term {
  const found = known.get(token);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_LIMIT) known.clear();
  const term = hash(stem(token));
  known.set(token, term);
  return term;
}

/** FNV-1a with Murmur's last mixing. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Weighted counts, each term once. */
export type TermCounts = Map<Term, number>;

export function countTerms(paper: PaperText): TermCounts {
  const counts: TermCounts = new Map();
  for (const field of ['title', 'authors', 'categories', 'abstract'] as const) {
    for (const token of tokenize(paper[field])) {
      const term = termOf(token);
      counts.set(term, (counts.get(term) ?? 0) + WEIGHTS[field]);
    }
  }
  return counts;
}

const BYTES_PER_TERM = 5;

/** Terms as 32 bits (little-endian, as all machines that Node runs on are), then a byte of count for each. */
export function packTerms(counts: TermCounts): Uint8Array {
  const packed = new Uint8Array(counts.size * BYTES_PER_TERM);
  const terms = new Uint32Array(packed.buffer, 0, counts.size);
  let index = 0;
  for (const [term, count] of counts) {
    terms[index] = term;
    packed[counts.size * 4 + index] = Math.min(count, 255);
    index++;
  }
  return packed;
}

/** What `packTerms` made, without copying where the bytes lie well. */
export function unpackTerms(packed: Uint8Array): { terms: Uint32Array; counts: Uint8Array } {
  const size = Math.floor(packed.length / BYTES_PER_TERM);
  // PostgreSQL's client cuts its values out of larger buffers, where they may begin at any byte.
  const { buffer, byteOffset } = packed.byteOffset % 4 === 0 ? packed : packed.slice();
  return { terms: new Uint32Array(buffer, byteOffset, size), counts: packed.subarray(size * 4, size * BYTES_PER_TERM) };
}
