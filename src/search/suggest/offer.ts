/** Reads the titles and names that hold the rarest of the typed words and keeps the best that hold them all. */

import { best } from '../lexical/best.ts';
import { startOf } from './growing.ts';
import type { Rows } from './growing.ts';
import { isFulfilled, masksFor } from './masks.ts';
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
/** The sign bit, which `masksFor` leaves free: one name holds every word. */
const ALL_IN_ONE = 1 << 31;
/** Papers that no author reaches. */
const WHOLE_NAME = 1 << 20;

export function offer(index: SuggestIndex, typed: readonly TypedWord[], limit: number): Offered {
  const masks = masksFor(index, typed);
  if (masks === undefined) return { papers: [], authors: [] };
  return { papers: bestPapers(index, masks, limit), authors: bestAuthors(index, masks, limit) };
}

/** Together the bits of what stands in the row. */
function bitsOfRow({ values, ends }: Rows, row: number, bits: Uint32Array): number {
  const end = ends[row] as number;
  let set = 0;
  for (let at = row === 0 ? 0 : (ends[row - 1] as number); at < end; at++) set |= bits[values[at] as number] as number;
  return set;
}

/** Those named by whole words first, then those with most papers. */
function bestAuthors(index: SuggestIndex, masks: Masks, limit: number): Offered['authors'] {
  const { nameWords, nameSigns, counts, authorsByWord } = index;
  const { bits, inName, sign, whole } = masks;
  const ranking = best(limit);
  eachRow(authorsByWord, nameWords, rarest(authorsByWord, masks, masks.anyInName), (author) => {
    const count = counts[author] as number;
    if (count === 0 || ((nameSigns[author] as number) & sign) !== sign) return;
    const set = bitsOfRow(nameWords, author, bits);
    if (set === 0 || !isFulfilled(set, inName)) return;
    ranking.offer(author, count + ((set & whole) === 0 ? 0 : WHOLE_NAME));
  });
  return ranking.take().map((author) => ({ ...authorOf(index, author), papers: counts[author] as number }));
}

/** Words of the dictionary of which every row that fulfils all typed words has one: those of the rarest typed word. */
function rarest(inverted: Inverted, masks: Masks, any: readonly number[]): readonly number[] {
  const choices = any.map((set) => wordsWith(masks, set));
  return choices.toSorted((a, b) => countRows(inverted, a) - countRows(inverted, b))[0] ?? [];
}

function wordsWith({ bits, marked }: Masks, set: number): number[] {
  return marked.filter((word) => ((bits[word] as number) & set) !== 0);
}

/** By how the title holds the words, then the newest; those that need their authors' names for it only if few do not. */
function bestPapers(index: SuggestIndex, masks: Masks, limit: number): number[] {
  const { byWord, byFirstWord } = index;
  // No other title ranks before one that begins with the words, and of those there are far fewer.
  let papers = bestTitles(index, masks, limit, byFirstWord, wordsWith(masks, masks.any[0] ?? 0));
  if (papers.length < limit) papers = bestTitles(index, masks, limit, byWord, rarest(byWord, masks, masks.any));
  if (papers.length < limit) papers.push(...byTitleAndNames(index, masks, limit - papers.length));
  return papers.map((paper) => index.seqs[paper] as number);
}

function bestTitles(
  index: SuggestIndex,
  masks: Masks,
  limit: number,
  inverted: Inverted,
  words: readonly number[],
): number[] {
  const { titles, titleSigns, titleSigns3, seqs, days, byFirstWord } = index;
  const { bits, inTitle, sign, sign3 } = masks;
  const isBeginning = inverted === byFirstWord;
  const ranking = best(limit);
  eachRow(inverted, titles, words, (paper) => {
    if (((titleSigns[paper] as number) & sign) !== sign || ((titleSigns3[paper] as number) & sign3) !== sign3) return;
    const set = bitsOfRow(titles, paper, bits);
    if (set === 0 || !isFulfilled(set, inTitle) || seqs[paper] === 0) return;
    if (isBeginning && placeOf(index, masks, paper) < BEGINS) return;
    ranking.offer(paper, rankOf(index, masks, paper, set) * RANK + (days[paper] as number));
  });
  return ranking.take();
}

/** Papers by somebody whose name holds all the words, and those whose title holds some and whose authors the others. */
function byTitleAndNames(index: SuggestIndex, masks: Masks, limit: number): number[] {
  const { titles, bylines, seqs, days } = index;
  const { bits, inTitle, inName } = masks;
  const ranking = best(limit);
  eachHolder(index, masks, (paper) => {
    const byNames = seqs[paper] === 0 ? 0 : bitsOfNames(index, masks, paper);
    if (byNames === 0) return;
    const byTitle = bitsOfRow(titles, paper, bits);
    const isHeld = byNames < 0 || (byTitle !== 0 && isFulfilled(byNames | byTitle, inName));
    if (isHeld && !isFulfilled(byTitle, inTitle)) ranking.offer(paper, days[paper] as number);
  });
  return ranking.take();

  /** Bits of all names of the paper, `ALL_IN_ONE` among them. */
  function bitsOfNames({ nameWords }: SuggestIndex, { bits: known }: Masks, paper: number): number {
    const end = bylines.ends[paper] as number;
    let set = 0;
    for (let at = startOf(bylines, paper); at < end; at++) {
      const name = bitsOfRow(nameWords, bylines.values[at] as number, known);
      if (name !== 0) set |= isFulfilled(name, inName) ? name | ALL_IN_ONE : name;
    }
    return set;
  }
}

/** Papers whose title or authors hold the rarest of the typed words. */
function eachHolder(index: SuggestIndex, masks: Masks, found: (paper: number) => void): void {
  const { titles, bylines, nameWords, byWord, byAuthor, authorsByWord } = index;
  const holders = masks.anyInName.map((set) => {
    const words = wordsWith(masks, set);
    const authors: number[] = [];
    eachRow(authorsByWord, nameWords, words, (author) => void authors.push(author));
    return { words, authors, papers: countRows(byWord, words) + countRows(byAuthor, authors) };
  });
  const [few] = holders.toSorted((a, b) => a.papers - b.papers);
  const seen = new Uint8Array(titles.size);
  for (const [inverted, rows, numbers] of [
    [byWord, titles, few?.words ?? []],
    [byAuthor, bylines, few?.authors ?? []],
  ] as const) {
    eachRow(inverted, rows, numbers, (paper) => {
      if (seen[paper] === 1) return;
      seen[paper] = 1;
      found(paper);
    });
  }
}

/**
 * Twice 4 if the words are the title, 3 if they begin it, 2 if they stand in it side by side, 1 if they stand somewhere;
 * one more if the last is a whole word.
 */
function rankOf(index: SuggestIndex, masks: Masks, paper: number, set: number): number {
  return 2 * placeOf(index, masks, paper) + ((set & masks.whole) === 0 ? 0 : 1);
}

const BEGINS = 3;

function placeOf({ titles }: SuggestIndex, { bits, any }: Masks, paper: number): 1 | 2 | 3 | 4 {
  const start = startOf(titles, paper);
  const end = titles.ends[paper] as number;
  for (let from = start; from + any.length <= end; from++) {
    let length = 0;
    while (
      length < any.length &&
      ((bits[titles.values[from + length] as number] as number) & (any[length] as number)) !== 0
    ) {
      length++;
    }
    if (length === any.length) return from > start ? 2 : end - start === length ? 4 : 3;
  }
  return 1;
}
