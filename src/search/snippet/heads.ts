/** How the words that are wanted begin: nearly all words of a text differ from all of them in this already, and need not be read. */

import { stem } from '../stem.ts';

interface Head {
  /** With which all words of this stem begin, as `letter` has them; they are at least two letters. */
  short: Uint8Array;
  /** The same for words of at least `LONG` letters. */
  long: Uint8Array;
}

export interface Heads {
  /** Places in `lists` by the first two letters, as `placeOf` numbers them. */
  places: Uint8Array;
  /** The first is that of the words that nobody wants. */
  lists: Head[][];
}

/** Stems of shorter words may have another third letter: that of `using` is `use`. */
const LONG = 6;
/** A stem may end otherwise than all of its words do there: that of `ability` is `abl`, once it was `able`. */
const UNSURE = 2;
const ASCII = /^[ -~]+$/;
const Y = 'y'.charCodeAt(0);
const I = 'i'.charCodeAt(0);
/** More than a question has different ones; those beyond share the last list. */
const MOST_LISTS = 255;

/** Of tokens as `tokenize` gives them. Those that are not ASCII are left out: texts have them in words that are read anyway. */
export function headsOf(tokens: Iterable<string>): Heads {
  const heads: Heads = { places: new Uint8Array(1 << 10), lists: [[]] };
  for (const token of tokens) {
    if (!ASCII.test(token)) continue;
    const stemmed = stem(token);
    // One letter is left of `oed`, which says too little.
    addHead(heads, stemmed.length > 1 ? stemmed : token);
  }
  return heads;
}

function addHead({ places, lists }: Heads, word: string): void {
  const letters = Uint8Array.from(word, (one) => letter(one.charCodeAt(0)));
  const place = placeOf(word.charCodeAt(0), word.charCodeAt(1));
  if (places[place] === 0) {
    if (lists.length <= MOST_LISTS) lists.push([]);
    places[place] = lists.length - 1;
  }
  const sure = word.length - UNSURE;
  lists[places[place] as number]?.push({
    short: letters.subarray(0, Math.max(2, sure)),
    long: letters.subarray(0, Math.max(3, sure)),
  });
}

/** Lower case. A y may become i (`dying`, `die`); digits and signs only need to be the same on both sides. */
function letter(code: number): number {
  const lower = code | 32;
  return lower === Y ? I : lower;
}

/** Only for ASCII; a word of one letter has NaN in place of the second. */
function placeOf(first: number, second: number): number {
  return ((first & 31) << 5) | (letter(second) & 31);
}

/** Whether some word that is wanted may begin with these two ASCII letters, or has a stem that does. */
export function mayBegin({ places }: Heads, first: number, second: number): boolean {
  return places[placeOf(first, second)] !== 0;
}

/** As `mayBegin`, for all of a word of ASCII letters and digits and nothing else. */
export function mayBe({ places, lists }: Heads, text: string, start: number, end: number): boolean {
  const second = start + 1 < end ? text.charCodeAt(start + 1) : Number.NaN;
  const place = places[placeOf(text.charCodeAt(start), second)] as number;
  if (place === 0) return false;
  const isLong = end - start >= LONG;
  for (const { long, short } of lists[place] as Head[]) {
    if (beginsWith(text, start, end, isLong ? long : short)) return true;
  }
  return false;
}

function beginsWith(text: string, start: number, end: number, head: Uint8Array): boolean {
  if (end - start < head.length) return false;
  for (let at = 0; at < head.length; at++) if (letter(text.charCodeAt(start + at)) !== head[at]) return false;
  return true;
}
