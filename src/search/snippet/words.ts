/** Walks over the words of a text and names those that may be wanted; most are passed over at their first letters. */

import { mayBe, mayBegin } from './heads.ts';
import type { Heads } from './heads.ts';

/** What holds a word together, as the tokenizer has it before it takes accents and typographic signs off. */
export const JOINTS = "\\-_^.'’ʼ‐-–−";
const LETTERS = String.raw`\p{L}\p{N}\p{M}`;
/** What a word is: all of it, sharp of `C#` and pluses of `C++` included. */
const WORD = new RegExp(`[${LETTERS}]+(?:[${JOINTS}][${LETTERS}]+)*(?:\\++(?![${LETTERS}+])|#)?`, 'uy');

const OUTSIDE = 0;
const LETTER = 1;
/** Parts that these hold together are words of their own, or one word when written together. */
const JOINT = 2;
/** Whether a dot or an apostrophe stays in the word, only the tokenizer knows. */
const OTHER_JOINT = 3;
const SUFFIX = 4;
/** Only the pattern knows. */
const FOREIGN = 5;
/** By character code. */
const KINDS = new Uint8Array(1 << 16).fill(FOREIGN, 128);
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  KINDS[letter.charCodeAt(0)] = LETTER;
for (const joint of '-_') KINDS[joint.charCodeAt(0)] = JOINT;
for (const joint of "^.'") KINDS[joint.charCodeAt(0)] = OTHER_JOINT;
for (const suffix of '+#') KINDS[suffix.charCodeAt(0)] = SUFFIX;

function kindAt(text: string, at: number): number {
  return at < text.length ? (KINDS[text.charCodeAt(at)] as number) : OUTSIDE;
}

/** `end`: from `start` up to there it is one word. `isMaybe`: false if it is none of those that are wanted. */
export type OnWord = (start: number, end: number, isMaybe: boolean) => void;

/** In the order of the text. As the pattern has them, in a tenth of its time where letters are ASCII. */
export function eachWord(text: string, heads: Heads, found: OnWord): void {
  const { length } = text;
  let at = 0;
  while (at < length) {
    const kind = kindAt(text, at);
    if (kind === LETTER) {
      at = readWord(text, at, heads, found);
    } else if (kind === FOREIGN) {
      const end = endByPattern(text, at);
      if (end > at) found(at, end, true);
      at = end > at ? end : at + ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);
    } else at++;
  }
}

function endByPattern(text: string, at: number): number {
  WORD.lastIndex = at;
  return WORD.test(text) ? WORD.lastIndex : at;
}

/** Returns where the word ends that begins at `start` with an ASCII letter. */
function readWord(text: string, start: number, heads: Heads, found: OnWord): number {
  let at = endOfPart(text, start);
  let kind = kindAt(text, at);
  // Most words have one part.
  if (kind === OUTSIDE) {
    found(start, at, mayBe(heads, text, start, at));
    return at;
  }
  let isMaybe = false;
  for (let part = start; ; part = at, at = endOfPart(text, at), kind = kindAt(text, at)) {
    isMaybe ||= mayBegin(heads, text.charCodeAt(part), secondLetter(text, part, at));
    if (kind === FOREIGN) return takeByPattern(text, start, found);
    if (kind === SUFFIX) {
      isMaybe ||= mayBegin(heads, text.charCodeAt(part), text.charCodeAt(part + 1));
      at = endOfSuffix(text, at);
      if (at < 0) return takeByPattern(text, start, found);
    }
    if (kind !== JOINT && kind !== OTHER_JOINT) break;
    const next = kindAt(text, at + 1);
    if (next === FOREIGN) return takeByPattern(text, start, found);
    if (next !== LETTER) break;
    isMaybe ||= kind === OTHER_JOINT;
    at++;
  }
  found(start, at, isMaybe);
  return at;
}

function endOfPart(text: string, start: number): number {
  const { length } = text;
  let at = start + 1;
  while (at < length && KINDS[text.charCodeAt(at)] === LETTER) at++;
  return at;
}

function takeByPattern(text: string, start: number, found: OnWord): number {
  const end = endByPattern(text, start);
  found(start, end, true);
  return end;
}

/** Of the word that begins here, when its parts are written together: of `t-SNE` the S. NaN if it has one letter. */
function secondLetter(text: string, part: number, end: number): number {
  if (end > part + 1) return text.charCodeAt(part + 1);
  const isJoined = kindAt(text, end) === JOINT && kindAt(text, end + 1) === LETTER;
  return isJoined ? text.charCodeAt(end + 1) : Number.NaN;
}

/** Where the word ends that has a suffix at `at`, or none; -1 if that takes the pattern to say. */
function endOfSuffix(text: string, at: number): number {
  if (text[at] === '#') return at + 1;
  let end = at;
  while (text[end] === '+') end++;
  const kind = kindAt(text, end);
  return kind === FOREIGN ? -1 : kind === LETTER ? at : end;
}
