/** Reads all titles and names at each key and keeps the best that hold every typed word. */

import { best } from '../lexical/best.ts';
import { startOf } from './growing.ts';
import type { Rows } from './growing.ts';
import { isFulfilled, masksFor } from './masks.ts';
import type { Masks } from './masks.ts';
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
  const { nameWords, nameSigns, counts } = index;
  const { bits, inName, sign, whole } = masks;
  const ranking = best(limit);
  for (let author = 0; author < nameWords.size; author++) {
    if (((nameSigns[author] as number) & sign) !== sign) continue;
    const set = bitsOfRow(nameWords, author, bits);
    const count = counts[author] as number;
    if (set === 0 || count === 0 || !isFulfilled(set, inName)) continue;
    ranking.offer(author, count + ((set & whole) === 0 ? 0 : WHOLE_NAME));
  }
  return ranking.take().map((author) => ({ ...authorOf(index, author), papers: counts[author] as number }));
}

/** By how the title holds the words, then the newest; those that need their authors' names for it only if few do not. */
function bestPapers(index: SuggestIndex, masks: Masks, limit: number): number[] {
  const { titles, titleSigns, titleSigns3, seqs, days } = index;
  const { bits, inTitle, sign, sign3 } = masks;
  const ranking = best(limit);
  let found = 0;
  for (let paper = 0; paper < titles.size; paper++) {
    if (((titleSigns[paper] as number) & sign) !== sign || ((titleSigns3[paper] as number) & sign3) !== sign3) continue;
    const set = bitsOfRow(titles, paper, bits);
    if (set === 0 || !isFulfilled(set, inTitle) || seqs[paper] === 0) continue;
    found++;
    ranking.offer(paper, rankOf(index, masks, paper, set) * RANK + (days[paper] as number));
  }
  const papers = ranking.take();
  if (found < limit) papers.push(...byTitleAndNames(index, masks, limit - found));
  return papers.map((paper) => seqs[paper] as number);
}

/** Papers by somebody whose name holds all the words, and those whose title holds some and whose authors the others. */
function byTitleAndNames(index: SuggestIndex, masks: Masks, limit: number): number[] {
  const { titles, bylines, seqs, days } = index;
  const { bits, inTitle, inName } = masks;
  const nameBits = bitsOfNames(index, masks);
  if (nameBits === undefined) return [];
  const ranking = best(limit);
  for (let paper = 0; paper < bylines.size; paper++) {
    const byNames = bitsOfRow(bylines, paper, nameBits);
    if (byNames === 0 || seqs[paper] === 0) continue;
    const byTitle = bitsOfRow(titles, paper, bits);
    const isHeld = byNames < 0 || (byTitle !== 0 && isFulfilled(byNames | byTitle, inName));
    if (isHeld && !isFulfilled(byTitle, inTitle)) ranking.offer(paper, days[paper] as number);
  }
  return ranking.take();
}

/** By author number; undefined if no name holds any of the words. */
function bitsOfNames(
  { nameWords, nameSigns }: SuggestIndex,
  { bits, anySign, inName }: Masks,
): Uint32Array | undefined {
  const found = new Uint32Array(nameWords.size);
  let some = 0;
  for (let author = 0; author < nameWords.size; author++) {
    if (((nameSigns[author] as number) & anySign) === 0) continue;
    const set = bitsOfRow(nameWords, author, bits);
    if (set === 0) continue;
    found[author] = isFulfilled(set, inName) ? set | ALL_IN_ONE : set;
    some++;
  }
  return some > 0 ? found : undefined;
}

/**
 * Twice 4 if the words are the title, 3 if they begin it, 2 if they stand in it side by side, 1 if they stand somewhere;
 * one more if the last is a whole word.
 */
function rankOf(index: SuggestIndex, masks: Masks, paper: number, set: number): number {
  return 2 * placeOf(index, masks, paper) + ((set & masks.whole) === 0 ? 0 : 1);
}

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
