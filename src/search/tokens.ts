/** Cuts text into the tokens that every index, the embedding model and every query share. */

import { plainWords } from './plain-words.ts';

/** What is neither plain ASCII nor free of TeX takes the slow road; most abstracts do not. */
const NEEDS_UNWRAPPING = /[^ -#%-[\]^-z|~\n]/;
const NON_ASCII = /[^\0-~]/;
/** A word, or words held together by one mark: `gpt-4`, `x_1`, `3.5`, `don't`; with the pluses of `c++`, the sharp of `c#`. */
const ANY_WORD = /[\p{L}\p{N}]+(?:[-_^.'][\p{L}\p{N}]+)*(?:\++(?![\p{L}\p{N}+])|#)?/gu;
const NUMBERED = /^[\p{L}\p{N}]+(?:\.\d[\p{L}\p{N}]*)*$/u;
const UNSPACED_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Longer runs are data, not words: keys, hashes, sequences. */
export const MAX_TOKEN = 40;

/** What each ASCII character is to a word. */
const OUTSIDE = 0;
const LETTER = 1;
const MARK = 2;
const SUFFIX = 3;
const KINDS = new Uint8Array(128);
for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') KINDS[letter.charCodeAt(0)] = LETTER;
for (const mark of "-_^.'") KINDS[mark.charCodeAt(0)] = MARK;
for (const suffix of '+#') KINDS[suffix.charCodeAt(0)] = SUFFIX;

/**
 * In the order of the text, lower case, unstemmed, repeats kept. A compound gives its parts and itself written
 * together (`gpt-4` → gpt, gpt4; `multi-agent` → multi, agent, multiagent), so that either spelling finds the other.
 */
export function tokenize(text: string): string[] {
  const { words, isAscii } = unwrap(text);
  if (!isAscii) return cutAny(words);
  const tokens: string[] = [];
  scan(words, tokens);
  return tokens;
}

/** The lower-case text without TeX, and whether `nextWord` can read it. */
export function unwrap(text: string): { words: string; isAscii: boolean } {
  if (!NEEDS_UNWRAPPING.test(text)) return { words: text.toLowerCase(), isAscii: true };
  const words = plainWords(text);
  return { words, isAscii: !NON_ASCII.test(words) };
}

/** The tokens of an unwrapped text in any script. */
export function cutAny(words: string): string[] {
  const tokens: string[] = [];
  for (const word of words.match(ANY_WORD) ?? []) pushWord(tokens, word, !NUMBERED.test(word) || word.includes('.'));
  return tokens;
}

/** The tokens of one compound word. */
export function cutCompound(word: string): string[] {
  const tokens: string[] = [];
  pushCompound(tokens, word);
  return tokens;
}

/** The word at hand in a text of plain ASCII; one for all, because there are some two hundred in every abstract. */
export interface Word {
  start: number;
  end: number;
  /** More than letters and digits: it is to be cut by `cutCompound`. */
  isCompound: boolean;
  /** Two hashes of it, see `hashWord`. */
  first: number;
  second: number;
}

/**
 * Finds the next word from `from` on; false if there is none. As `ANY_WORD` for ASCII, in a third of its time: this is
 * most of the cost of indexing and of encoding. So the letters are hashed on the way.
 */
export function nextWord(word: Word, text: string, from: number): boolean {
  const { length } = text;
  let at = from;
  while (at < length && KINDS[text.charCodeAt(at)] !== LETTER) at++;
  if (at >= length) return false;
  word.start = at;
  let isCompound = false;
  let kind = LETTER;
  let first = FIRST;
  let second = SECOND;
  for (;;) {
    do {
      const code = text.charCodeAt(at);
      first = Math.imul(first ^ code, FIRST_FACTOR);
      second = Math.imul(second + code, SECOND_FACTOR) ^ (second >>> 15);
      at++;
    } while (at < length && (kind = KINDS[text.charCodeAt(at)] ?? OUTSIDE) === LETTER);
    if (at >= length || kind !== MARK || KINDS[text.charCodeAt(at + 1)] !== LETTER) break;
    isCompound = true;
  }
  const end = at < length && kind === SUFFIX ? endOfSuffix(text, at) : at;
  word.end = end;
  word.isCompound = isCompound || end > at;
  word.first = first | 1;
  word.second = second;
  // The suffix was not hashed.
  if (end > at) hashWord(word, text);
  return true;
}

const FIRST = 0x811c9dc5;
const FIRST_FACTOR = 0x01000193;
const SECOND = 0;
const SECOND_FACTOR = 0x9e3779b1;

/** Hashes of the piece of `text` from `start` to `end`. The first is never 0, which so can stand for nothing. */
export function hashWord(word: Word, text: string): void {
  let first = FIRST;
  let second = SECOND;
  for (let at = word.start; at < word.end; at++) {
    const code = text.charCodeAt(at);
    first = Math.imul(first ^ code, FIRST_FACTOR);
    second = Math.imul(second + code, SECOND_FACTOR) ^ (second >>> 15);
  }
  word.first = first | 1;
  word.second = second;
}

export function newWord(): Word {
  return { start: 0, end: 0, isCompound: false, first: 0, second: 0 };
}

const scanned = newWord();

function scan(text: string, tokens: string[]): void {
  for (let at = 0; nextWord(scanned, text, at); at = scanned.end) {
    pushWord(tokens, text.slice(scanned.start, scanned.end), scanned.isCompound);
  }
}

function endOfSuffix(text: string, at: number): number {
  if (text[at] === '#') return at + 1;
  let end = at;
  while (text[end] === '+') end++;
  return KINDS[text.charCodeAt(end)] === LETTER ? at : end;
}

function pushWord(tokens: string[], word: string, isCompound: boolean): void {
  if (isCompound) pushCompound(tokens, word);
  else push(tokens, word);
}

function push(tokens: string[], word: string): void {
  if (word.length > MAX_TOKEN) return;
  if (word.charCodeAt(0) > 127 && UNSPACED_SCRIPT.test(word)) pushPairs(tokens, word);
  else tokens.push(word);
}

/** Scripts without spaces are matched by pairs of letters, as is usual where there is no dictionary. */
function pushPairs(tokens: string[], word: string): void {
  const letters = [...word];
  if (letters.length === 1) tokens.push(word);
  for (let index = 1; index < letters.length; index++) tokens.push(`${letters[index - 1]}${letters[index]}`);
}

function pushCompound(tokens: string[], word: string): void {
  const suffix = /(?:\++|#)$/.exec(word)?.[0] ?? '';
  const body = word
    .slice(0, word.length - suffix.length)
    .replace(/'s$/, '')
    .replaceAll("'", '');
  const parts = body.split(/[-_^]/).flatMap(splitAtDots);
  // A part of one letter says nothing without the rest: the 1 of l_1, the t of t-SNE, the c of C++.
  for (const part of parts) if (part.length > 1) push(tokens, part);
  const joined = parts.join('');
  if (suffix !== '') push(tokens, joined + suffix);
  else if (parts.length === 1) {
    if (joined.length === 1) tokens.push(joined);
  } else if (joins(parts)) push(tokens, joined);
}

/** `state-of-the-art` is a phrase, not a name: only pairs are also written together, and what holds a digit or letter. */
function joins(parts: readonly string[]): boolean {
  return parts.length === 2 || parts.some((part) => part.length === 1 || /^\d/.test(part));
}

/** A dot within a number belongs to it (`3.5`, `qwen2.5`); elsewhere it separates (`cs.lg`), but for `e.g.` and `u.s.` */
function splitAtDots(part: string): string[] {
  if (!part.includes('.')) return [part];
  if (/^\p{L}(?:\.\p{L})+$/u.test(part)) return [part.replaceAll('.', '')];
  return part.split(/(?<!\d)\.|\.(?!\d)/).filter((piece) => NUMBERED.test(piece));
}
