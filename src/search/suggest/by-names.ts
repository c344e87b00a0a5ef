/** Papers by somebody whose name holds all the words, and those whose title holds some and whose authors the others. */

import { best } from '../lexical/best.ts';
import type { Best } from '../lexical/best.ts';
import { startOf } from './growing.ts';
import { countRows, eachRow } from './inverted.ts';
import { bitsOf, isFulfilled, MOST_READ, wordsWith } from './masks.ts';
import type { Masks } from './masks.ts';
import type { SuggestIndex } from './suggest-index.ts';

/** Papers whose authors' names are read, which takes some 0.5 µs each. */
const MOST_BYLINES = 2048;

/** Paper numbers, the newest first, of at most `limit`. `authors`: those whose names hold all the words. */
export function papersByNames(index: SuggestIndex, masks: Masks, limit: number, authors: readonly number[]): number[] {
  const ranking = best(limit);
  const seen = new Uint8Array(index.titles.size);
  offerPapersOf(index, masks, authors, seen, ranking);
  // One word alone cannot stand partly here and partly there.
  if (masks.inName.length > 1) offerMixed(index, masks, seen, ranking);
  return ranking.take();
}

function bitsOfTitle(index: SuggestIndex, { bits, letters }: Masks, paper: number): number {
  return bitsOf(index, index.titles, paper, bits, letters);
}

function offerPapersOf(
  index: SuggestIndex,
  masks: Masks,
  authors: readonly number[],
  seen: Uint8Array,
  ranking: Best,
): void {
  const { bylines, byAuthor, names, seqs, days } = index;
  const isOne = new Uint8Array(names.size);
  for (const author of authors) isOne[author] = 1;
  let floor = -Infinity;
  eachRow(byAuthor, bylines, authors, (paper) => {
    const day = days[paper] as number;
    // Those that came since the lists were made are all called back for.
    if (day < floor || seqs[paper] === 0 || (paper >= byAuthor.rows && !isByOne(paper))) return;
    seen[paper] = 1;
    if (!isFulfilled(bitsOfTitle(index, masks, paper), masks.inTitle)) floor = ranking.offer(paper, day);
  });

  function isByOne(paper: number): boolean {
    const end = bylines.ends[paper] as number;
    for (let at = startOf(bylines, paper); at < end; at++) if (isOne[bylines.values[at] as number] === 1) return true;
    return false;
  }
}

/** Names alone are one person, who has been offered for: some word stands in the title. */
function offerMixed(index: SuggestIndex, masks: Masks, seen: Uint8Array, ranking: Best): void {
  const { titles, bylines, nameWords, seqs, days } = index;
  const { bits, inTitle, inName, lettersInName } = masks;
  const isHolder = holders(index, masks);
  let titlesLeft = MOST_READ;
  let bylinesLeft = MOST_BYLINES;
  let floor = -Infinity;
  // Those that came last are mostly the newest: once there are enough, few of the others need be read.
  for (let paper = titles.size - 1; paper >= 0 && titlesLeft > 0 && bylinesLeft > 0; paper--) {
    if (isHolder?.[paper] === 0 || seen[paper] === 1 || seqs[paper] === 0 || (days[paper] as number) < floor) continue;
    titlesLeft--;
    const byTitle = bitsOfTitle(index, masks, paper);
    if (byTitle === 0 || isFulfilled(byTitle, inTitle)) continue;
    bylinesLeft--;
    if (isFulfilled(bitsOfNames(paper) | byTitle, inName)) floor = ranking.offer(paper, days[paper] as number);
  }

  function bitsOfNames(paper: number): number {
    const end = bylines.ends[paper] as number;
    let set = 0;
    for (let at = startOf(bylines, paper); at < end; at++) {
      set |= bitsOf(index, nameWords, bylines.values[at] as number, bits, lettersInName);
    }
    return set;
  }
}

/** By paper number: 1 for those whose title or authors hold the rarest of the typed words; undefined where it is a letter. */
function holders(index: SuggestIndex, masks: Masks): Uint8Array | undefined {
  const { titles, bylines, nameWords, byWord, byAuthor, authorsByWord, names } = index;
  const perAuthor = byAuthor.found.length / Math.max(1, names.size);
  const choices = masks.anyInName.flatMap((set) => {
    const words = wordsWith(masks, set);
    if (words === undefined) return [];
    return [{ words, papers: countRows(byWord, words) + countRows(authorsByWord, words) * perAuthor }];
  });
  const [rarest] = choices.toSorted((a, b) => a.papers - b.papers);
  if (rarest === undefined) return undefined;
  const is = new Uint8Array(titles.size);
  const mark = (paper: number): void => void (is[paper] = 1);
  eachRow(byWord, titles, rarest.words, mark);
  const authors: number[] = [];
  eachRow(authorsByWord, nameWords, rarest.words, (author) => void authors.push(author));
  eachRow(byAuthor, bylines, authors, mark);
  return is;
}
