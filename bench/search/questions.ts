/** What people type, made of real papers: the same questions for the same papers, of seven kinds. */

import { seeded } from '../synthetic.ts';
import type { BenchPaper } from './corpus.ts';

export const KINDS = ['short', 'long', 'filtered', 'two common words', 'phrase', 'negated', 'known item'] as const;
export type Kind = (typeof KINDS)[number];

export interface Asked {
  q: string;
  /** The paper from which it was made; known items should come first, of the others it is one of many answers. */
  id: string;
}

/** What /search takes. */
const LIMIT = 250;
const LONG_WORDS = 30;
/** Titles' commonest words ("learning", "model", …), in pairs: what a full-text index likes least. */
const COMMON_WORDS = 40;
const SEED = 3;

type Random = () => number;
interface Maker {
  random: Random;
  common: readonly string[];
  number: number;
}

/** `count` of each kind; fewer only if there are not enough papers whose titles are words. */
export function drawQuestions(papers: readonly BenchPaper[], count: number): Record<Kind, Asked[]> {
  const random = seeded(SEED);
  const order = shuffled(papers, random);
  const common = commonWords(papers);
  const drawn = KINDS.map((kind, at) => {
    const asked: Asked[] = [];
    // Each kind begins elsewhere, so that no paper is asked for again and again while its rows are still at hand.
    for (let step = 0; step < order.length && asked.length < count; step += 1) {
      const paper = order[(step + Math.floor((at * order.length) / KINDS.length)) % order.length];
      const q = paper && make[kind](paper, { random, common, number: step });
      if (paper && q !== undefined) asked.push({ q: cut(q), id: paper.id });
    }
    return [kind, asked] as const;
  });
  return Object.fromEntries(drawn) as Record<Kind, Asked[]>;
}

const make: Record<Kind, (paper: BenchPaper, maker: Maker) => string | undefined> = {
  short: shortOf,
  long: ({ abstract }, { random }) => {
    const sentences = abstract.split(/(?<=[.?!])\s+/);
    const start = sentences
      .slice(Math.floor(random() * sentences.length))
      .join(' ')
      .split(/\s+/);
    return start.length >= LONG_WORDS ? start.slice(0, LONG_WORDS).join(' ') : undefined;
  },
  filtered: (paper, maker) => {
    const words = shortOf(paper, maker);
    const filters = [
      `category:${paper.categories[0]}`,
      `author:${paper.authors[0]?.split(' ').at(-1)}`,
      `after:${paper.published.slice(0, 7)}`,
    ];
    return words && `${words} ${filters[maker.number % filters.length]}`;
  },
  'two common words': (_, { common, random }) => {
    const [first, second] = [pick(common, random), pick(common, random)];
    return first === second ? undefined : `${first} ${second}`;
  },
  phrase: (paper, maker) => {
    const words = shortOf(paper, maker);
    return words && `"${words}"`;
  },
  negated: (paper, maker) => {
    const words = shortOf(paper, maker);
    return words && `${words} -${pick(maker.common, maker.random)}`;
  },
  'known item': ({ title }) => title,
};

/** Two or three words of the title that stand together. */
function shortOf({ title }: BenchPaper, { random }: Maker): string | undefined {
  const length = 2 + Math.floor(random() * 2);
  const words = title.split(/\s+/);
  const starts = words.flatMap((_, start) => {
    const piece = words.slice(start, start + length);
    return piece.length === length && piece.every((word) => /^[A-Za-z][a-z-]{3,}$/.test(word)) ? [piece.join(' ')] : [];
  });
  return starts.length > 0 ? pick(starts, random) : undefined;
}

function commonWords(papers: readonly BenchPaper[]): string[] {
  const counts = new Map<string, number>();
  for (const { title } of papers) {
    for (const word of new Set(title.toLowerCase().match(/[a-z]{5,}/g))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, COMMON_WORDS)
    .map(([word]) => word);
}

/** The abstract's second half, from the first whole word on. */
export function secondHalf(abstract: string): string {
  return abstract.slice(abstract.indexOf(' ', Math.floor(abstract.length / 2)) + 1);
}

/** To what /search takes, between two words. */
export function cut(text: string): string {
  if (text.length <= LIMIT) return text;
  return text.slice(0, Math.max(text.lastIndexOf(' ', LIMIT), 1)).slice(0, LIMIT);
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
