/** 100 000 made-up papers, the same on every machine, in the sizes that real ones of computer science have. */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const PAPERS = 100_000;
/** Announced between the same days as the real ones; some 320 on each. */
const FIRST_DAY = Date.UTC(2025, 3, 21);
const DAYS = 437;
const DAY_MS = 86_400_000;
/** Of the real corpus: words of a title and an abstract, authors, categories; mean and spread. */
const SHAPE = { title: [9, 4], abstract: [175, 60], authors: [4, 3], categories: [2, 1] } as const;
/** The real corpus has some 200 000 different words; fewer common ones make up most of the text. */
const WORDS = 60_000;
const FAMILY_NAMES = 8_000;
const GIVEN_NAMES = 2_000;
const SYLLABLES =
  'ra ten mo del le arn ing net work tor che sta bi lin gua gre dif fu sion lan pol icy gra dient op ti ma ker nel ve loc qu an tum ef fi cient ro bot vi sual re trie val a gent'.split(
    ' ',
  );
const COMMON =
  'the of and a to in we for is that with on this are as by our from an which model models learning can it be results method data show these'.split(
    ' ',
  );
const CATEGORIES = [
  'cs.LG',
  'cs.CL',
  'cs.CV',
  'cs.AI',
  'cs.RO',
  'cs.CR',
  'cs.SE',
  'stat.ML',
  'cs.HC',
  'cs.IR',
  'eess.IV',
  'math.OC',
];

type Random = () => number;

/** Mulberry32: a number from 0 to 1, the same row of them for the same seed. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function writeSyntheticCorpus(file: string): Promise<void> {
  await pipeline(Readable.from(lines()), createGzip({ level: 1 }), createWriteStream(file));
}

function* lines(): Generator<string> {
  const random = seeded(1991);
  const words = [...COMMON, ...makeWords(random, WORDS)];
  const families = makeWords(random, FAMILY_NAMES).map(capital);
  const givens = makeWords(random, GIVEN_NAMES).map(capital);
  for (let number = 0; number < PAPERS; number += 1) {
    const day = new Date(FIRST_DAY + Math.floor((number / PAPERS) * DAYS) * DAY_MS).toISOString().slice(0, 10);
    const authors = repeat(size(random, SHAPE.authors), () => `${pick(random, givens)} ${pick(random, families)}`);
    const paper = {
      id: `${day.slice(2, 4)}${day.slice(5, 7)}.${String((number % 99_999) + 1).padStart(5, '0')}`,
      title: capital(sentence(random, words, size(random, SHAPE.title))),
      abstract: text(random, words, size(random, SHAPE.abstract)),
      authors,
      categories: [...new Set(repeat(size(random, SHAPE.categories), () => zipf(random, CATEGORIES)))],
      published: day,
    };
    yield `${JSON.stringify(paper)}\n`;
  }
}

function makeWords(random: Random, count: number): string[] {
  const made = new Set<string>();
  while (made.size < count) made.add(repeat(2 + Math.floor(random() * 3), () => pick(random, SYLLABLES)).join(''));
  return [...made];
}

function text(random: Random, words: readonly string[], length: number): string {
  const perSentence = 22;
  const sentences = Math.ceil(length / perSentence);
  return repeat(sentences, () => `${capital(sentence(random, words, perSentence))}.`).join(' ');
}

function sentence(random: Random, words: readonly string[], length: number): string {
  return repeat(length, () => zipf(random, words)).join(' ');
}

/** The word of rank n comes some 1/n times as often as the first. */
function zipf<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(list.length ** random()) - 1] as T;
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function size(random: Random, [mean, spread]: readonly [number, number]): number {
  return Math.max(1, Math.round(mean + (random() + random() - 1) * spread));
}

function repeat<T>(times: number, make: () => T): T[] {
  return Array.from({ length: times }, make);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
