/** Which words of the dictionary fulfil which of the typed words: a bit for each, so that a paper is read once. */

import { hash, termOf } from '../lexical/terms.ts';
import type { Term } from '../lexical/terms.ts';
import { eachWithPrefix } from './growing.ts';
import { signOf } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';
import type { TypedToken, TypedWord } from './typed.ts';

export interface Masks {
  /** By word number: bits of the tokens that it fulfils. */
  bits: Uint32Array;
  /** For each typed word the ways to fulfil it, as sets of bits, in a title and in a name. */
  inTitle: number[][];
  inName: number[][];
  /** For each typed word all of its bits. */
  any: number[];
  /** Bits of `signOf` that a title or name must have to fulfil every word, and of which it has some to fulfil any. */
  sign: number;
  anySign: number;
  /** Set beside its own bit if the last token is a whole word; 0 if it need not begin a longer one. */
  whole: number;
}

/** As many as fit beside the sign. Whoever pastes more words is not choosing from a list. */
const MOST_BITS = 31;

/** Undefined where there is nothing to look for, or far too much. */
export function masksFor(index: SuggestIndex, typed: readonly TypedWord[]): Masks | undefined {
  const masks: Masks = {
    bits: new Uint32Array(index.words.size),
    inTitle: [],
    inName: [],
    any: [],
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
      eachWithPrefix(index.words, initial, (word) => mark(masks, word, bit));
      inName.push(bit);
    }
    masks.inTitle.push(inTitle);
    masks.inName.push(inName);
    masks.any.push(inTitle.reduce((set, way) => set | way, 0));
    if (used > MOST_BITS) return undefined;
  }
  markStems(index, masks, stems);
  return used === 0 ? undefined : masks;
}

/** A word is also fulfilled by its other forms: `transformer` by `transformers`. */
function markStems({ stems, words }: SuggestIndex, { bits }: Masks, wanted: ReadonlyMap<Term, number>): void {
  // Nearly every word is told by the last byte of its stem not to be one of them.
  const maybe = new Uint8Array(256);
  for (const stem of wanted.keys()) maybe[stem & 255] = 1;
  for (let word = 0; word < words.size; word++) {
    const stem = stems[word] as number;
    if (maybe[stem & 255] === 1) bits[word] = (bits[word] as number) | (wanted.get(stem) ?? 0);
  }
}

/** All bits set: nothing is known of the words. */
const ANY_SIGN = -1;

function signsFor(typed: readonly TypedWord[]): Pick<Masks, 'sign' | 'anySign'> {
  let sign = 0;
  let anySign = 0;
  for (const { ways } of typed) {
    const signs = ways.map((way) => way.map(({ text }) => (text.length < 2 ? 0 : signOf(text))));
    sign |= signs.map((way) => way.reduce((set, sign) => set | sign, 0)).reduce((both, sign) => both & sign);
    anySign |= signs.flat().includes(0) ? ANY_SIGN : signs.flat().reduce((set, sign) => set | sign, 0);
  }
  return { sign, anySign };
}

/** Whether a text whose words have these bits fulfils every typed word. */
export function isFulfilled(bits: number, words: readonly (readonly number[])[]): boolean {
  return words.every((ways) => ways.some((way) => (bits & way) === way));
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
  eachWithPrefix(index.words, text, (word) => mark(masks, word, bit));
  const same = index.wordTable.find(hash(text));
  if (same >= 0) {
    masks.whole ||= newBit();
    mark(masks, same, masks.whole);
  }
  return bit;
}

function mark({ bits }: Masks, word: number, bit: number): void {
  bits[word] = (bits[word] as number) | bit;
}
