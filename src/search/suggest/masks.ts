/** Which words of the dictionary fulfil which of the typed words: a bit for each, so that a paper is read once. */

import { termOf } from '../lexical/terms.ts';
import { hash } from '../stems.ts';
import type { Term } from '../lexical/terms.ts';
import { startOf } from './growing.ts';
import type { Rows } from './growing.ts';
import { eachWithPrefix, signOf } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';
import type { TypedToken, TypedWord } from './typed.ts';

export interface Masks {
  /** By word number: bits of the tokens that it fulfils. */
  bits: Uint32Array;
  /** Words that have some. */
  marked: number[];
  /**
   * Bits that words have by their first letter alone, by its code: of a single letter at the end, and in names of
   * initials. So many words begin with it that marking each takes longer than all else.
   */
  letters: Letters;
  lettersInName: Letters;
  /** All bits that are given so: the words that have them are not among those marked. */
  byLetter: number;
  /** Those of all words. */
  known: number;
  /** For each typed word the ways to fulfil it, as sets of bits, in a title and in a name. */
  inTitle: number[][];
  inName: number[][];
  /** For each typed word all of its bits. */
  any: number[];
  /** As `any`, with that of an initial. */
  anyInName: number[];
  /** Bits of `signOf` that a title or name must have to fulfil every word. */
  sign: number;
  sign3: number;
  /** Set beside its own bit if the last token is a whole word; 0 if it need not begin a longer one. */
  whole: number;
}

/** 0 for letters that are not asked for, which most are; undefined where none is. */
export type Letters = Uint32Array | undefined;

/**
 * Where more titles or authors than this hold even the rarest of the words, as they do a letter, so many are read of the
 * newest titles and of the authors with most papers. What is read takes some 0.1 µs each, so that nothing that is typed
 * holds a server for longer than some milliseconds; of 100 000 papers two letters seldom begin so many.
 */
export const MOST_READ = 8192;
/** As many as fit into a number. Whoever pastes more words is not choosing from a list. */
const MOST_BITS = 31;

/** Undefined where there is nothing to look for, or far too much, or where some word is not in the dictionary. */
export function masksFor(index: SuggestIndex, typed: readonly TypedWord[]): Masks | undefined {
  const masks: Masks = {
    bits: new Uint32Array(index.words.size),
    marked: [],
    letters: undefined,
    lettersInName: undefined,
    byLetter: 0,
    known: 0,
    inTitle: [],
    inName: [],
    any: [],
    anyInName: [],
    ...signsFor(typed),
    whole: 0,
  };
  const stems = new Map<Term, number>();
  let used = 0;
  const newBit = () => 1 << used++;
  for (const { ways } of typed) {
    const inTitle = ways.map((way) =>
      way.reduce((set, token) => set | markToken(index, masks, token, stems, newBit), 0),
    );
    const inName = [...inTitle];
    const initial = initialOf(ways);
    if (initial !== undefined) {
      const bit = newBit();
      markPrefix(index, masks, initial, bit, true);
      inName.push(bit);
    }
    masks.inTitle.push(inTitle);
    masks.inName.push(inName);
    masks.any.push(union(inTitle));
    masks.anyInName.push(union(inName));
    if (used > MOST_BITS) return undefined;
  }
  markStems(index, masks, stems);
  return used > 0 && isFulfilled(masks.known, masks.inName) ? masks : undefined;
}

/** A word is also fulfilled by its other forms: `transformer` by `transformers`. */
function markStems({ stems, words }: SuggestIndex, masks: Masks, wanted: ReadonlyMap<Term, number>): void {
  // One look at each stem, however many are wanted: few of the others end with the same bits.
  const ends = new Uint8Array(STEM_ENDS);
  for (const stem of wanted.keys()) ends[stem & (STEM_ENDS - 1)] = 1;
  for (let word = 0; word < words.size; word++) {
    const stem = stems[word] as number;
    if (ends[stem & (STEM_ENDS - 1)] === 0) continue;
    const bit = wanted.get(stem);
    if (bit !== undefined) mark(masks, word, bit);
  }
}

const STEM_ENDS = 4096;

/** Shorter words may have other letters third in their other forms: `try` and `tries`. */
const LONG = 6;

function signsFor(typed: readonly TypedWord[]): Pick<Masks, 'sign' | 'sign3'> {
  const signs = { sign: 0, sign3: 0 };
  for (const { ways } of typed) {
    const two = ways.map((way) => way.map(({ text }) => (text.length < 2 ? 0 : signOf(text, 2))));
    const three = ways.map((way) =>
      way.map(({ text, isPrefix }) => (text.length < (isPrefix ? 3 : LONG) ? 0 : signOf(text, 3))),
    );
    signs.sign |= inAll(two);
    signs.sign3 |= inAll(three);
  }
  return signs;
}

/** What every way to write a word has. */
function inAll(ways: readonly (readonly number[])[]): number {
  return ways.map(union).reduce((both, sign) => both & sign);
}

function union(signs: readonly number[]): number {
  return signs.reduce((set, sign) => set | sign, 0);
}

/** Whether a text whose words have these bits fulfils every typed word. */
export function isFulfilled(bits: number, words: readonly (readonly number[])[]): boolean {
  // Loops, because this is asked of every title: `every` and `some` take three times as long.
  for (const ways of words) {
    let isFound = false;
    for (const way of ways) isFound ||= (bits & way) === way;
    if (!isFound) return false;
  }
  return true;
}

/** Together the bits of what stands in the row. */
function bitsOfRow({ values, ends }: Rows, row: number, bits: Uint32Array): number {
  const end = ends[row] as number;
  let set = 0;
  for (let at = row === 0 ? 0 : (ends[row - 1] as number); at < end; at++) set |= bits[values[at] as number] as number;
  return set;
}

/** As `bitsOfRow`, with those that words have by their first letter. */
export function bitsOf({ words }: SuggestIndex, rows: Rows, row: number, bits: Uint32Array, letters: Letters): number {
  let set = bitsOfRow(rows, row, bits);
  if (letters === undefined) return set;
  const end = rows.ends[row] as number;
  for (let at = startOf(rows, row); at < end; at++) {
    set |= letters[(words.beginnings[rows.values[at] as number] as number) >> 8] as number;
  }
  return set;
}

/** Words of the dictionary that have some of the bits; undefined where there are more, which their first letter tells. */
export function wordsWith({ bits, marked, byLetter }: Masks, set: number): number[] | undefined {
  return (set & byLetter) === 0 ? marked.filter((word) => ((bits[word] as number) & set) !== 0) : undefined;
}

/** `g hinton`: a letter may be the initial of a given name, but not the beginning of any word of a title. */
function initialOf(ways: readonly TypedToken[][]): string | undefined {
  const token = ways.length === 1 && ways[0]?.length === 1 ? ways[0][0] : undefined;
  return token !== undefined && !token.isPrefix && token.text.length === 1 ? token.text : undefined;
}

function markToken(
  index: SuggestIndex,
  masks: Masks,
  { text, isPrefix }: TypedToken,
  stems: Map<Term, number>,
  newBit: () => number,
): number {
  const bit = newBit();
  const stem = termOf(text);
  stems.set(stem, (stems.get(stem) ?? 0) | bit);
  if (!isPrefix) return bit;
  markPrefix(index, masks, text, bit, false);
  const same = index.wordTable.find(hash(text));
  if (same >= 0) {
    masks.whole ||= newBit();
    mark(masks, same, masks.whole);
  }
  return bit;
}

const LETTERS = 128;

/** Has words that begin with `prefix` have the bit; by their first letter where that is all of it. */
function markPrefix(index: SuggestIndex, masks: Masks, prefix: string, bit: number, isInName: boolean): void {
  const code = prefix.charCodeAt(0);
  // Words of other alphabets are fewer, and a byte does not tell their letters.
  if (prefix.length > 1 || code >= LETTERS) return eachWithPrefix(index, prefix, (word) => mark(masks, word, bit));
  masks.lettersInName = withLetter(masks.lettersInName, code, bit);
  if (!isInName) masks.letters = withLetter(masks.letters, code, bit);
  masks.byLetter |= bit;
  masks.known |= bit;
}

function withLetter(letters: Letters, code: number, bit: number): Uint32Array {
  // By bytes, of which those beyond belong to other alphabets.
  const changed = letters ?? new Uint32Array(2 * LETTERS);
  changed[code] = (changed[code] as number) | bit;
  return changed;
}

function mark(masks: Masks, word: number, bit: number): void {
  if (masks.bits[word] === 0) masks.marked.push(word);
  masks.bits[word] = (masks.bits[word] as number) | bit;
  masks.known |= bit;
}
