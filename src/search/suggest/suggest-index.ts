/** Titles and authors of all papers as numbers of words, in memory, with lists of where each word and author stands. */

import { authorSlug } from '#papers/authors.ts';
import { fullName } from '#papers/paper.ts';
import type { Author } from '#papers/paper.ts';
import { slugify } from '#papers/slug.ts';
import { createTermTable } from '../lexical/term-table.ts';
import type { TermTable } from '../lexical/term-table.ts';
import { termOf } from '../lexical/terms.ts';
import { hash } from '../stems.ts';
import { tokenize } from '../tokens.ts';
import {
  beginningOf,
  createRows,
  createTexts,
  hasPrefix,
  pushRow,
  pushText,
  rowOf,
  textOf,
  withRoom,
} from './growing.ts';
import type { Rows, Texts } from './growing.ts';
import { createHighest, orderHighest } from './highest.ts';
import type { Highest } from './highest.ts';
import { createInverted, eachRow, FEW, invert, isBehind } from './inverted.ts';
import type { Inverted } from './inverted.ts';

export interface SuggestIndex {
  /** The dictionary: every word of a title or name, and its stem. */
  words: Texts;
  stems: Uint32Array<ArrayBuffer>;
  wordTable: TermTable;
  /** By paper number, in the order of arrival: words of the title, numbers of the authors. */
  titles: Rows;
  /** By paper number: `signOf` its words together, by two letters and by three. */
  titleSigns: Uint32Array<ArrayBuffer>;
  titleSigns3: Uint32Array<ArrayBuffer>;
  bylines: Rows;
  /** `papers.seq` by paper number; 0 for a paper that was replaced or taken away. */
  seqs: Uint32Array<ArrayBuffer>;
  /** Days since 1970 by paper number. */
  days: Uint32Array<ArrayBuffer>;
  /** Paper number + 1 by `papers.seq`. */
  numbers: Uint32Array<ArrayBuffer>;
  /** By author number: the name as it is printed, its words, how many papers. */
  names: Texts;
  nameWords: Rows;
  nameSigns: Uint32Array<ArrayBuffer>;
  counts: Uint32Array<ArrayBuffer>;
  authorTable: TermTable;
  /** Made by `invertAll`: titles by their words and by the first of them, authors by theirs, papers by their authors. */
  byWord: Inverted;
  byFirstWord: Inverted;
  authorsByWord: Inverted;
  byAuthor: Inverted;
  /** Words by `beginningOf`. */
  byBeginning: Inverted;
  /** Author numbers, those with most papers first. */
  mostPapers: Highest;
}

export interface SuggestedPaper {
  seq: number;
  title: string;
  authors: readonly Author[];
  published_on: string;
}

export function createSuggestIndex(): SuggestIndex {
  return {
    words: createTexts(),
    stems: new Uint32Array(0),
    wordTable: createTermTable(),
    titles: createRows(),
    titleSigns: new Uint32Array(0),
    titleSigns3: new Uint32Array(0),
    bylines: createRows(),
    seqs: new Uint32Array(0),
    days: new Uint32Array(0),
    numbers: new Uint32Array(0),
    names: createTexts(),
    nameWords: createRows(),
    nameSigns: new Uint32Array(0),
    counts: new Uint32Array(0),
    authorTable: createTermTable(),
    byWord: createInverted(),
    byFirstWord: createInverted(),
    authorsByWord: createInverted(),
    byAuthor: createInverted(),
    byBeginning: createInverted(),
    mostPapers: createHighest(),
  };
}

/**
 * Brings the lists of where words and authors stand up to date, where a good part has come since: in steps of some
 * milliseconds, between which the index can be asked and grow. Nearly always there is nothing to do. For 100 000 papers
 * all steps together took 120 ms of a busy processor.
 */
export function* invertAll(index: SuggestIndex, few: number = FEW): Generator<undefined, void> {
  const { titles, bylines, nameWords, words, names } = index;
  if (isBehind(index.byWord, titles, few)) {
    const byWord = yield* invert(titles, words.size);
    const byFirstWord = yield* invert(titles, words.size, true);
    const byAuthor = yield* invert(bylines, names.size);
    const mostPapers = yield* orderHighest(index.counts, names.size);
    Object.assign(index, { byWord, byFirstWord, byAuthor, mostPapers });
  }
  if (isBehind(index.byBeginning, words, few)) {
    const ends = Uint32Array.from(words.ends, (_, at) => at + 1);
    index.byBeginning = yield* invert({ values: words.beginnings, ends, size: words.size }, 1 << 16);
  }
  if (isBehind(index.authorsByWord, nameWords, few)) index.authorsByWord = yield* invert(nameWords, words.size);
}

const MS_PER_DAY = 86_400_000;

/** A paper that is known already is replaced. */
export function addPaper(index: SuggestIndex, { seq, title, authors, published_on }: SuggestedPaper): void {
  forget(index, seq);
  const words = tokenize(title);
  const number = pushRow(
    index.titles,
    words.map((word) => wordNumber(index, word)),
  );
  index.titleSigns = withRoom(index.titleSigns, number + 1);
  index.titleSigns[number] = signOfAll(words, 2);
  index.titleSigns3 = withRoom(index.titleSigns3, number + 1);
  index.titleSigns3[number] = signOfAll(words, 3);
  // Two authors of one name on one paper count once, as on their page.
  const byline = [...new Set(authors.map((author) => authorNumber(index, author)))];
  pushRow(index.bylines, byline);
  for (const author of byline) index.counts[author] = (index.counts[author] as number) + 1;
  index.seqs = withRoom(index.seqs, number + 1);
  index.seqs[number] = seq;
  index.days = withRoom(index.days, number + 1);
  index.days[number] = Math.max(0, Math.round(Date.parse(published_on) / MS_PER_DAY));
  index.numbers = withRoom(index.numbers, seq + 1);
  index.numbers[seq] = number + 1;
}

/** Calls back for each word of the dictionary that begins with `prefix`, which is not empty. */
export function eachWithPrefix(
  { words, byBeginning }: SuggestIndex,
  prefix: string,
  found: (word: number) => void,
): void {
  const bytes = new TextEncoder().encode(prefix);
  const beginning = beginningOf(bytes);
  const beginnings = bytes.length > 1 ? [beginning] : Array.from({ length: 256 }, (_, second) => beginning + second);
  eachRow(byBeginning, words, beginnings, (word) => {
    if (hasPrefix(words, word, bytes)) found(word);
  });
}

/** Nothing is offered any more of a paper that is not known, or no longer. Whether it was known. */
export function removePaper(index: SuggestIndex, seq: number): boolean {
  const isKnown = (index.numbers[seq] ?? 0) !== 0;
  forget(index, seq);
  if (isKnown) index.numbers[seq] = 0;
  return isKnown;
}

function forget(index: SuggestIndex, seq: number): void {
  const number = (index.numbers[seq] ?? 0) - 1;
  if (number < 0) return;
  index.seqs[number] = 0;
  for (const author of rowOf(index.bylines, number)) index.counts[author] = (index.counts[author] as number) - 1;
}

/**
 * One bit of 32, the same for all words that begin with the same letters: what has not the bits of the words typed need
 * not be read word by word.
 */
export function signOf(word: string, letters: 2 | 3): number {
  let sign = 0;
  for (let at = 0; at < letters; at++) sign = sign * 31 + (word.charCodeAt(at) || 0);
  return 1 << (sign & 31);
}

function signOfAll(words: readonly string[], letters: 2 | 3): number {
  return words.reduce((sign, word) => sign | signOf(word, letters), 0) >>> 0;
}

/** Two of a million words may share a number, and be taken for each other. */
function wordNumber(index: SuggestIndex, word: string): number {
  const number = index.wordTable.add(hash(word));
  if (number < index.words.size) return number;
  pushText(index.words, word);
  index.stems = withRoom(index.stems, number + 1);
  index.stems[number] = termOf(word);
  return number;
}

/** Authors are told apart by their addresses; the name is printed as it was first seen. */
function authorNumber(index: SuggestIndex, author: Author): number {
  const name = fullName(author);
  const slug = authorSlug(author);
  for (let key = slug; ; key += '/') {
    const number = index.authorTable.add(hash(key));
    if (number === index.names.size) {
      pushText(index.names, slugify(name) === slug ? name : `${name}\n${slug}`);
      const words = tokenize(name);
      pushRow(
        index.nameWords,
        words.map((word) => wordNumber(index, word)),
      );
      index.nameSigns = withRoom(index.nameSigns, number + 1);
      index.nameSigns[number] = signOfAll(words, 2);
      index.counts = withRoom(index.counts, number + 1);
      return number;
    }
    const known = authorOf(index, number);
    if (known.name === name || known.slug === slug) return number;
  }
}

export function authorOf({ names }: SuggestIndex, number: number): { name: string; slug: string } {
  const [name = '', slug = slugify(name)] = textOf(names, number).split('\n');
  return { name, slug };
}
