/** Rule of markdown-it: lists and quotations that are nested too deeply are text, where markdown-it leaves them out. */

import type { MarkdownIt, StateBlock } from 'markdown-it';

/** What begins a quotation or an item of a list. */
const MARKER = /^(?:>|(?:[-+*]|\d{1,9}[.)])(?:\s|$))/;

/** `deepest`: as `maxNesting`. Whatever is inside one that is too deep stands there as it was typed, line by line. */
export function withoutDepths(md: MarkdownIt, deepest: number): void {
  md.block.ruler.before('blockquote', 'depths', (state, startLine, endLine, silent) => {
    // A list and its item take two levels, and what is in them needs one.
    if (silent || state.level + 2 < deepest || !MARKER.test(lineOf(state, startLine))) return false;
    let next = startLine + 1;
    while (next < endLine && !state.isEmpty(next) && (state.sCount[next] ?? 0) >= state.blkIndent) next += 1;
    state.line = next;
    // Not a 'paragraph_open': that would be run together with what stands before it in a list without blank lines.
    state.push('flat_open', 'p', 1).map = [startLine, next];
    const text = state.push('inline', '', 0);
    text.content = state.getLines(startLine, next, state.blkIndent, false).trim();
    text.map = [startLine, next];
    text.children = [];
    state.push('flat_close', 'p', -1);
    return true;
  });
}

function lineOf({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string {
  return src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line]);
}
