/** A whole text with the words that were searched for marked, and where to begin to read it. */

import type { Piece } from '#papers/tex/html.ts';
import { bestPassage } from './passage.ts';
import { inlineOf, readTex } from './readable.ts';
import { rangesOf } from './segments.ts';
import { matchSpans, mergeSpans } from './spans.ts';
import type { Range } from './spans.ts';
import type { Wanted } from './wanted.ts';

export interface FromPassage {
  /** What stands before the passage; empty where it begins the text. */
  before: readonly Piece[];
  /** The passage and all that follows it. */
  rest: readonly Piece[];
}

/** `length`: characters of the passage that shows best why the text was found. Both parts are for `renderPieces`. */
export function fromPassage(source: string, wanted: Wanted, { length }: { length: number }): FromPassage {
  const readable = readTex(source);
  const { text, atoms } = readable;
  const spans = mergeSpans(matchSpans(text, wanted), atoms);
  const { start } = bestPassage(text, spans, { length, atoms });
  const piecesOf = (part: Range): Piece[] =>
    rangesOf(spans, part).map((range) => ({ nodes: inlineOf(readable, range), marked: range.marked }));
  // Only white space before it is nothing to leave out.
  const isCut = text.slice(0, start).trim() !== '';
  return {
    before: isCut ? piecesOf({ start: 0, end: start }) : [],
    rest: piecesOf({ start: isCut ? start : 0, end: text.length }),
  };
}
