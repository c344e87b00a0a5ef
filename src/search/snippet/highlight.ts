/** Titles and abstracts with the words that were searched for marked, in pieces that can be rendered one by one. */

import type { Piece } from '#papers/tex/html.ts';
import { bestPassage } from './passage.ts';
import { inlineOf, readTex } from './readable.ts';
import { rangesOf } from './segments.ts';
import { matchSpans, mergeSpans } from './spans.ts';
import type { Wanted } from './wanted.ts';

export interface Highlighted {
  /** In the order of the text, for `renderPieces`: whole formulas, balanced styles. */
  pieces: readonly Piece[];
  /** Whether text was left out before and after, for the ellipses. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** `length`: only the best passage of about so many characters; by default all of the text. */
export function highlightTex(source: string, wanted: Wanted, { length }: { length?: number } = {}): Highlighted {
  const readable = readTex(source);
  const { text, atoms } = readable;
  const spans = mergeSpans(matchSpans(text, wanted), atoms);
  const whole = { start: 0, end: text.length };
  const passage = length === undefined ? whole : bestPassage(text, spans, { length, atoms });
  return {
    pieces: rangesOf(spans, passage).map((range) => ({ nodes: inlineOf(readable, range), marked: range.marked })),
    cutBefore: text.slice(0, passage.start).trim() !== '',
    cutAfter: text.slice(passage.end).trim() !== '',
  };
}
