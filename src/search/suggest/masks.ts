/** Which words of the dictionary fulfil which of the typed words: a bit for each, so that a paper is read once. */

import { termOf } from '../lexical/terms.ts';
import { hash } from '../stems.ts';
import type { Term } from '../lexical/terms.ts';
import { eachWithPrefix, signOf } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';
import type { TypedToken, TypedWord } from './typed.ts';

export interface Masks {
  /** By word number: bits of the tokens that it fulfils. */
  bits: Uint32Array;
  /** Words that have some. */
  marked: number[];
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

/** As many as fit beside the sign. Whoever pastes more words is not choosing from a list. */
const MOST_BITS = 31;

/** Undefined where there is nothing to look for, or far too much, or where some word is not in the dictionary. */
export function masksFor(index: SuggestIndex, typed: readonly TypedWord[]): Masks | undefined {
  const masks: Masks = {
    bits: new Uint32Array(index.words.size),
    marked: [],
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
      eachWithPrefix(index, initial, (word) => mark(masks, word, bit));
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
  for (const [stem, bit] of wanted) {
    // The numbers of two kinds of stems may be the same, so one search does not end it.
    for (let word = stems.indexOf(stem); word >= 0 && word < words.size; word = stems.indexOf(stem, word + 1)) {
      mark(masks, word, bit);
    }
  }
}

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
  eachWithPrefix(index, text, (word) => mark(masks, word, bit));
  const same = index.wordTable.find(hash(text));
  if (same >= 0) {
    masks.whole ||= newBit();
    mark(masks, same, masks.whole);
  }
  return bit;
}

function mark(masks: Masks, word: number, bit: number): void {
  if (masks.bits[word] === 0) masks.marked.push(word);
  masks.bits[word] = (masks.bits[word] as number) | bit;
  masks.known |= bit;
}
