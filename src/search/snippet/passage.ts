/** The part of a text that shows best why it was found. */

import { firstBeyond } from './spans.ts';
import type { Range, Span } from './spans.ts';

export interface PassageOptions {
  /** Characters at most, but for one atom or nothing else. */
  length: number;
  /** Ranges that are not cut, in the order of the text. */
  atoms?: readonly Range[];
}

/** A sentence ends before white space and something that may begin one; abbreviations are followed by that as well. */
const SENTENCE_START =
  /[.!?](?<!\b(?:e\.g|i\.e|al|vs|cf|Figs?|Eqs?|resp|approx|Dr|Prof|St|No)\.)["'”’)\]]*\s+(?=[\p{Lu}\p{N}"'“‘(["])/uy;
const SENTENCE_ENDS = '.!?';
/** Read before a match where the sentence began too long ago: some seven words. */
const LEAD = 50;
/** A passage that could end with a sentence does so if that leaves this much of it. */
const ENOUGH = 0.6;

/**
 * The window with the most different words and phrases of the query; among equals one that begins with a sentence, then
 * one whose first sentence has a match or is the first of the text, then the first. Begins and ends at white space
 * outside of atoms wherever there is any. All of a text that fits.
 */
export function bestPassage(text: string, spans: readonly Span[], { length, atoms = [] }: PassageOptions): Range {
  const all = trimmed(text, { start: 0, end: text.length });
  if (all.end - all.start <= length) return all;
  const layout = layOut(text, atoms, all, length);
  let best: Range | undefined;
  let bestScore = -1;
  const most = 4 * countKeys(spans, all) + 3;
  for (const start of startsOf(layout, spans)) {
    const passage = { start, end: endOf(layout, start) };
    const score =
      4 * countKeys(spans, passage) + 2 * (layout.sentences[start] ?? 0) + (isPrompt(layout, spans, start) ? 1 : 0);
    if (score <= bestScore) continue;
    best = passage;
    bestScore = score;
    // Usually the beginning says it all, and none of the others need be looked at.
    if (score === most) break;
  }
  return best ?? all;
}

/** A text with what is asked of each place in it, so that no text costs more than its length. */
interface Layout {
  text: string;
  first: number;
  last: number;
  length: number;
  atoms: readonly Range[];
  /** 1 where a cut would cut an atom. */
  inside: Uint8Array;
  /** 1 where a sentence begins. */
  sentences: Uint8Array;
  /** The same places in the order of the text. */
  starts: readonly number[];
}

/** Reused by every text: one is done with before the next begins. */
const scratch = { inside: new Uint8Array(0), sentences: new Uint8Array(0) };

/** All 0. */
function emptied(name: keyof typeof scratch, size: number): Uint8Array {
  if (scratch[name].length < size) scratch[name] = new Uint8Array(2 * size);
  return scratch[name].subarray(0, size).fill(0);
}

function layOut(text: string, atoms: readonly Range[], { start: first, end: last }: Range, length: number): Layout {
  const inside = emptied('inside', text.length + 1);
  for (const { start, end } of atoms) inside.fill(1, start + 1, end);
  const sentences = emptied('sentences', text.length + 1);
  const starts = [first];
  // The pattern is asked only where it may begin: it takes ten times as long to look for that itself.
  for (const sign of SENTENCE_ENDS) {
    for (let at = text.indexOf(sign, first); at >= 0 && at < last; at = text.indexOf(sign, at + 1)) {
      SENTENCE_START.lastIndex = at;
      if (SENTENCE_START.test(text) && inside[SENTENCE_START.lastIndex] === 0) starts.push(SENTENCE_START.lastIndex);
    }
  }
  for (const start of starts) sentences[start] = 1;
  return { text, first, last, length, atoms, inside, sentences, starts: starts.sort((a, b) => a - b) };
}

function trimmed(text: string, { start, end }: Range): Range {
  let from = start;
  let to = end;
  while (from < to && isSpace(text, from)) from++;
  while (to > from && isSpace(text, to - 1)) to--;
  return { start: from, end: to };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // Asked of every character near a cut, nearly all of them ASCII.
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return /\s/.test(text.charAt(at));
}

function startsOf(layout: Layout, spans: readonly Span[]): number[] {
  const starts = new Set(layout.starts);
  for (const { start } of spans) if (start > layout.first + LEAD) starts.add(wordStart(layout, start - LEAD, start));
  return [...starts].sort((a, b) => a - b);
}

/** Where the next word begins from `at` on; `latest` if none begins before. */
function wordStart({ text, inside }: Layout, at: number, latest: number): number {
  for (let next = at; next < latest; next++) {
    if (!isSpace(text, next) && isSpace(text, next - 1) && inside[next] === 0) return next;
  }
  return latest;
}

function endOf({ text, atoms, inside, sentences, last, length }: Layout, start: number): number {
  const furthest = start + length;
  if (furthest >= last) return last;
  for (let end = furthest + 1; end > start + ENOUGH * length; end--) {
    if (sentences[end] === 1) return trimmed(text, { start, end }).end;
  }
  for (let end = furthest; end > start; end--) {
    if (isSpace(text, end) && inside[end] === 0) return trimmed(text, { start, end }).end;
  }
  // One word, or one formula, that is longer than a passage may be.
  if (inside[furthest] === 0) return wholeLetters(text, start, furthest);
  const atom = atoms.find((one) => one.start < furthest && furthest < one.end);
  return atom === undefined || atom.start <= start ? (atom?.end ?? furthest) : atom.start;
}

/** Not between the halves of a character, nor between a letter and its accent. */
function wholeLetters(text: string, start: number, at: number): number {
  let end = at;
  while (end > start && /[\p{M}\u200D\uDC00-\uDFFF]/u.test(text.charAt(end))) end--;
  return end > start ? end : at;
}

/** Nothing but the text's own beginning is read before the sentence of the first match. */
function isPrompt({ starts, first, length }: Layout, spans: readonly Span[], start: number): boolean {
  if (start === first) return true;
  const match = spans[firstBeyond(spans, start)];
  if (match === undefined || match.start > start + length) return false;
  const next = starts.find((one) => one > start);
  return next === undefined || next > match.start;
}

function countKeys(spans: readonly Span[], { start, end }: Range): number {
  const keys = new Set<number>();
  for (let at = firstBeyond(spans, start); at < spans.length; at++) {
    const span = spans[at];
    if (span === undefined || span.end > end) break;
    if (span.start >= start) for (const key of span.keys) keys.add(key);
  }
  return keys.size;
}
