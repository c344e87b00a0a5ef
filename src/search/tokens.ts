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
const MAX_TOKEN = 40;

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
  const words = NEEDS_UNWRAPPING.test(text) ? plainWords(text) : text.toLowerCase();
  const tokens: string[] = [];
  if (NON_ASCII.test(words)) {
    for (const word of words.match(ANY_WORD) ?? []) pushWord(tokens, word, !NUMBERED.test(word) || word.includes('.'));
  } else scan(words, tokens);
  return tokens;
}

/** As `ANY_WORD` for ASCII, in a third of its time: this is most of the cost of indexing and of encoding. */
function scan(text: string, tokens: string[]): void {
  const { length } = text;
  let at = 0;
  while (at < length) {
    if (KINDS[text.charCodeAt(at)] !== LETTER) {
      at++;
      continue;
    }
    const start = at;
    let isCompound = false;
    let kind = LETTER;
    for (;;) {
      do at++;
      while (at < length && (kind = KINDS[text.charCodeAt(at)] ?? OUTSIDE) === LETTER);
      if (at >= length || kind !== MARK || KINDS[text.charCodeAt(at + 1)] !== LETTER) break;
      isCompound = true;
    }
    if (at < length && kind === SUFFIX) {
      const end = endOfSuffix(text, at);
      isCompound ||= end > at;
      at = end;
    }
    pushWord(tokens, text.slice(start, at), isCompound);
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
