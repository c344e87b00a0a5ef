/** Rules of markdown-it for `$…$` and `$$…$$`, set by the same code as the formulas of abstracts. */

import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { escapeHtml } from '#papers/tex/clean.ts';
import { renderFormula } from '#papers/tex/formula.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { maxFormulaLength, readMath } from '#papers/tex/segments.ts';
import type { Environment } from './environment.ts';

const DOLLAR = 0x24;

interface Formula {
  tex: string;
  display: boolean;
  source: string;
}

export function withFormulas(md: MarkdownIt): void {
  // Before emphasis, or `$a_1 b_2$` would be set in italics.
  md.inline.ruler.before('escape', 'formula', inlineFormula);
  // A line of a displayed formula may begin with `-`, `+` or `>`, which would begin a list or a quotation.
  md.block.ruler.before('fence', 'formula', blockFormula, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  md.renderer.rules['formula'] = (tokens, at, _options, env) => {
    const { meta, block } = tokens[at] as unknown as { meta: Formula; block: boolean };
    const html = set(meta, env as unknown as Environment);
    return block ? `<p>${html}</p>\n` : html;
  };
}

function inlineFormula(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== DOLLAR) return false;
  const found = readMath(state.src, state.pos);
  if (found?.segment.kind !== 'math' || found.end > state.posMax) return false;
  if (!silent) state.push('formula', '', 0).meta = found.segment;
  state.pos = found.end;
  return true;
}

/** From a line that begins with `$$` to the one that ends with it. */
function blockFormula(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = lineAt(state, startLine);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4 || !start.startsWith('$$')) return false;
  let source = '';
  for (let line = startLine; line < endLine && source.length <= maxFormulaLength; line += 1) {
    // A line of a quotation or list that is indented less is no longer part of it.
    if (line > startLine && (state.sCount[line] ?? 0) < state.blkIndent) return false;
    source += `${line === startLine ? '' : '\n'}${lineAt(state, line)}`;
    if (source.length < 4 || !source.endsWith('$$')) continue;
    const found = readMath(source, 0);
    if (found?.segment.kind !== 'math' || found.end !== source.length) return false;
    if (silent) return true;
    state.line = line + 1;
    const token = state.push('formula', '', 0);
    Object.assign(token, { block: true, meta: found.segment, map: [startLine, state.line] });
    return true;
  }
  return false;
}

function lineAt(state: StateBlock, line: number): string {
  const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(from, state.eMarks[line]).trimEnd();
}

function set({ tex, display, source }: Formula, env: Environment): string {
  if (env.plainFormulas === true) return escapeHtml(texToPlain(source));
  env.formulas -= 1;
  const html = env.formulas < 0 || env.room < 0 ? '' : renderFormula(tex, display, source);
  env.room -= html.length;
  if (html === '' || env.room < 0) return `<code class="tex">${escapeHtml(source)}</code>`;
  if (!display || !html.startsWith('<math')) return html;
  return `<span class="math-display" tabindex="0" role="group" aria-label="Formula">${html}</span>`;
}
