/** A passage of plain text in ranges, of which some are marked; whoever prints them escapes each. */

import type { Range, Span } from './spans.ts';

export interface MarkedRange extends Range {
  marked: boolean;
}

/** Together exactly the passage; none is empty. `spans` in the order of the text, not overlapping. */
export function rangesOf(spans: readonly Span[], passage: Range): MarkedRange[] {
  const ranges: MarkedRange[] = [];
  let at = passage.start;
  const add = (end: number, marked: boolean): void => {
    if (end > at) ranges.push({ start: at, end, marked });
    at = Math.max(at, end);
  };
  for (const { start, end } of spans) {
    if (end <= passage.start) continue;
    if (start >= passage.end) break;
    add(start, false);
    add(Math.min(end, passage.end), true);
  }
  add(passage.end, false);
  return ranges;
}
