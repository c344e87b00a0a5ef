/** Where the words and phrases of a query stand in a plain text. */

import type { Term } from '../lexical/terms.ts';
import { termsOfWord, wantedTerms } from './wanted.ts';
import type { Wanted } from './wanted.ts';
import { eachWord, JOINTS } from './words.ts';

/** From `start` up to, not including, `end`, in UTF-16 units of the text as it was given. */
export interface Range {
  start: number;
  end: number;
}

export interface Span extends Range {
  /** Numbers of what stands here: terms, and -1, -2, … for the phrases. */
  keys: readonly number[];
}

const PARTS = new RegExp(`[^${JOINTS}]+`, 'g');
const COMPOUND = new RegExp(`[${JOINTS}]`);
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** In the order of the text, never overlapping. Words are the same if their stems are. */
export function matchSpans(text: string, wanted: Wanted): Span[] {
  const spans: Span[] = [];
  const run: Placed[] = [];
  const hasPhrases = wanted.phrases.length > 0;
  eachWord(text, wanted.heads, (start, end, isMaybe) => {
    if (isMaybe) {
      const word = text.slice(start, end);
      if (hasPhrases) placeTerms(run, word, start);
      markWord(spans, wanted, word, start);
    } else if (hasPhrases && run.at(-1)?.term !== OTHER) run.push({ term: OTHER, start, end });
  });
  wanted.phrases.forEach((phrase, at) => markPhrase(spans, run, phrase, -1 - at));
  return mergeSpans(spans);
}

/** Stands for words that are in no phrase; terms are not negative. */
const OTHER = -1;

function markWord(spans: Span[], wanted: Wanted, word: string, start: number): void {
  const keys = wantedTerms(wanted, word);
  if (keys.length === 0) return;
  if (UNSPACED.test(word)) markPairs(spans, wanted, word, start);
  else if (COMPOUND.test(word)) markParts(spans, wanted, word, start);
  else spans.push({ start, end: start + word.length, keys });
}

/** All of `GPT-4` for `gpt4`, and only the end of `multi-agent` for `agent`. */
function markParts(spans: Span[], wanted: Wanted, word: string, start: number): void {
  const keys = wantedTerms(wanted, word);
  const parts: Span[] = [];
  for (const { 0: part, index } of word.matchAll(PARTS)) {
    const held = wantedTerms(wanted, part);
    if (held.length > 0) parts.push({ start: start + index, end: start + index + part.length, keys: held });
  }
  const isMore = keys.some((key) => !parts.some((part) => part.keys.includes(key)));
  if (isMore) spans.push({ start, end: start + word.length, keys });
  else spans.push(...parts);
}

/** Scripts without spaces are compared by pairs of letters. */
function markPairs(spans: Span[], wanted: Wanted, word: string, start: number): void {
  const letters = [...word];
  let at = start;
  letters.forEach((letter, index) => {
    const pair = letters.length === 1 ? letter : letter + (letters[index + 1] ?? '');
    const keys = wantedTerms(wanted, pair);
    if (keys.length > 0) spans.push({ start: at, end: at + pair.length, keys });
    at += letter.length;
  });
}

interface Placed extends Range {
  term: Term;
}

function placeTerms(run: Placed[], word: string, start: number): void {
  for (const term of termsOfWord(word)) run.push({ term, start, end: start + word.length });
}

function markPhrase(spans: Span[], run: readonly Placed[], phrase: readonly Term[], key: number): void {
  for (let at = 0; at + phrase.length <= run.length; at++) {
    const last = run[at + phrase.length - 1];
    const first = run[at];
    if (!first || !last || !phrase.every((term, index) => run[at + index]?.term === term)) continue;
    spans.push({ start: first.start, end: last.end, keys: [key] });
  }
}

/** Those that overlap become one, and so do those of which an atom (a formula) holds a piece, with all of the atom. */
export function mergeSpans(spans: readonly Span[], atoms: readonly Range[] = []): Span[] {
  if (areApart(spans) && atoms.length === 0) return [...spans];
  const merged: Span[] = [];
  for (const span of spans.map((one) => widen(one, atoms)).toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else {
      const keys = [...last.keys, ...span.keys];
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end), keys };
    }
  }
  return merged;
}

function areApart(spans: readonly Span[]): boolean {
  for (let at = 1; at < spans.length; at++) {
    if ((spans[at - 1] as Span).end > (spans[at] as Span).start) return false;
  }
  return true;
}

function widen(span: Span, atoms: readonly Range[]): Span {
  let { start, end } = span;
  for (let at = firstBeyond(atoms, start); at < atoms.length; at++) {
    const atom = atoms[at];
    if (atom === undefined || atom.start >= end) break;
    start = Math.min(start, atom.start);
    end = Math.max(end, atom.end);
  }
  return { start, end, keys: span.keys };
}

/** The place of the first range that ends beyond `at`. */
export function firstBeyond(ranges: readonly Range[], at: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
