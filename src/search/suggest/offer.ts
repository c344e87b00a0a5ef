/** Reads the titles and names that hold the rarest of the typed words and keeps the best that hold them all. */

import { best } from '../lexical/best.ts';
import { startOf } from './growing.ts';
import type { Rows } from './growing.ts';
import { papersByNames } from './by-names.ts';
import { bitsOf, isFulfilled, masksFor, MOST_READ, wordsWith } from './masks.ts';
import type { Masks } from './masks.ts';
import { countRows, eachRow } from './inverted.ts';
import type { Inverted } from './inverted.ts';
import { authorOf } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';
import type { Suggestions } from './suggestions.ts';
import type { TypedWord } from './typed.ts';

export interface Offered {
  /** `papers.seq`, best first. */
  papers: number[];
  authors: Suggestions['authors'];
}

/** Days that no paper's date reaches: how a title holds the words comes before how new it is. */
const RANK = 1 << 20;
/** Papers that no author reaches. */
const WHOLE_NAME = 1 << 20;

export function offer(index: SuggestIndex, typed: readonly TypedWord[], limit: number): Offered {
  const masks = masksFor(index, typed);
  if (masks === undefined) return { papers: [], authors: [] };
  const { authors, all } = bestAuthors(index, masks, limit);
  return { papers: bestPapers(index, masks, limit, all), authors };
}

/** Those named by whole words first, then those with most papers. `all`: author numbers of all that were found. */
function bestAuthors(index: SuggestIndex, masks: Masks, limit: number): { authors: Offered['authors']; all: number[] } {
  const { nameWords, nameSigns, counts } = index;
  const { bits, inName, sign, whole, lettersInName } = masks;
  const ranking = best(limit);
  const all: number[] = [];
  eachAuthor(index, masks, (author) => {
    const count = counts[author] as number;
    if (count === 0 || ((nameSigns[author] as number) & sign) !== sign) return false;
    const set = bitsOf(index, nameWords, author, bits, lettersInName);
    if (set === 0 || !isFulfilled(set, inName)) return true;
    all.push(author);
    ranking.offer(author, count + ((set & whole) === 0 ? 0 : WHOLE_NAME));
    return true;
  });
  return {
    authors: ranking.take().map((author) => ({ ...authorOf(index, author), papers: counts[author] as number })),
    all,
  };
}

/** Authors whose names may hold all words. `read` returns whether it had to look at the name. */
function eachAuthor(index: SuggestIndex, masks: Masks, read: (author: number) => boolean): void {
  const { authorsByWord, nameWords, mostPapers, names } = index;
  const words = rarest(authorsByWord, masks, masks.anyInName);
  if (isRead(authorsByWord, words)) return eachRow(authorsByWord, nameWords, words, read);
  let left = MOST_READ;
  for (let author = names.size - 1; author >= mostPapers.rows && left > 0; author--) if (read(author)) left--;
  for (let at = 0; at < mostPapers.order.length && left > 0; at++) if (read(mostPapers.order[at] as number)) left--;
}

/**
 * Words of the dictionary of which every row that fulfils all typed words has one: those of the rarest typed word.
 * Undefined where each typed word is a letter with which more words begin than are listed.
 */
function rarest(inverted: Inverted, masks: Masks, any: readonly number[]): readonly number[] | undefined {
  const choices = any.map((set) => wordsWith(masks, set)).filter((words) => words !== undefined);
  return choices.toSorted((a, b) => countRows(inverted, a) - countRows(inverted, b))[0];
}

/** By how the title holds the words, then the newest; those that need their authors' names for it only if few do not. */
function bestPapers(index: SuggestIndex, masks: Masks, limit: number, authors: readonly number[]): number[] {
  const { byWord, byFirstWord } = index;
  // No other title ranks before one that begins with the words, and of those there are far fewer.
  const first = wordsWith(masks, masks.any[0] ?? 0);
  let papers = isRead(byFirstWord, first) ? bestTitles(index, masks, limit, byFirstWord, first) : [];
  if (papers.length < limit) papers = bestTitles(index, masks, limit, byWord, rarest(byWord, masks, masks.any));
  if (papers.length < limit) papers.push(...papersByNames(index, masks, limit - papers.length, authors));
  return papers.map((paper) => index.seqs[paper] as number);
}

function isRead(inverted: Inverted, words: readonly number[] | undefined): words is readonly number[] {
  return words !== undefined && countRows(inverted, words) <= MOST_READ;
}

/** Those of the titles which hold one of `words`, or of the newest. */
function bestTitles(
  index: SuggestIndex,
  masks: Masks,
  limit: number,
  inverted: Inverted,
  words: readonly number[] | undefined,
): number[] {
  const { titles, titleSigns, titleSigns3, seqs, days, byFirstWord } = index;
  const { bits, inTitle, sign, sign3, letters } = masks;
  const isBeginning = inverted === byFirstWord;
  const ranking = best(limit);
  /** Whether its words had to be looked at. */
  const read = (paper: number): boolean => {
    if (((titleSigns[paper] as number) & sign) !== sign || ((titleSigns3[paper] as number) & sign3) !== sign3)
      return false;
    const set = bitsOf(index, titles, paper, bits, letters);
    if (set === 0 || !isFulfilled(set, inTitle) || seqs[paper] === 0) return true;
    if (isBeginning && placeOf(index, masks, paper) < BEGINS) return true;
    ranking.offer(paper, rankOf(index, masks, paper, set) * RANK + (days[paper] as number));
    return true;
  };
  if (isRead(inverted, words)) eachRow(inverted, titles, words, read);
  else eachNewest(titles, read);
  return ranking.take();
}

/** The papers that came last, until `MOST_READ` had to be looked at. */
function eachNewest({ size }: Rows, read: (paper: number) => boolean): void {
  let left = MOST_READ;
  for (let paper = size - 1; paper >= 0 && left > 0; paper--) if (read(paper)) left--;
}

/**
 * Twice 4 if the words are the title, 3 if they begin it, 2 if they stand in it side by side, 1 if they stand somewhere;
 * one more if the last is a whole word.
 */
function rankOf(index: SuggestIndex, masks: Masks, paper: number, set: number): number {
  return 2 * placeOf(index, masks, paper) + ((set & masks.whole) === 0 ? 0 : 1);
}

const BEGINS = 3;

function placeOf({ titles, words }: SuggestIndex, { bits, any, letters }: Masks, paper: number): 1 | 2 | 3 | 4 {
  const start = startOf(titles, paper);
  const end = titles.ends[paper] as number;
  const holds = (at: number, set: number): boolean => {
    const word = titles.values[at] as number;
    const byLetter = letters === undefined ? 0 : (letters[(words.beginnings[word] as number) >> 8] as number);
    return (((bits[word] as number) | byLetter) & set) !== 0;
  };
  for (let from = start; from + any.length <= end; from++) {
    let length = 0;
    while (length < any.length && holds(from + length, any[length] as number)) length++;
    if (length === any.length) return from > start ? 2 : end - start === length ? 4 : 3;
  }
  return 1;
}
