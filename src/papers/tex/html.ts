/** Titles and abstracts with TeX in them as safe HTML. */

import { createTextCache } from './cache.ts';
import { escapeHtml } from './clean.ts';
import { renderFormula } from './formula.ts';
import type { Inline, Style } from './inline.ts';
import { maxShown, shortened } from './limits.ts';
import { parseTex } from './text.ts';

export interface RenderOptions {
  /** Web addresses become links. Off by default, since a title mostly stands inside a link already. */
  links?: boolean;
  /** Displayed formulas can be reached by keyboard, for where a wide one scrolls by itself. Not inside a link. */
  reachable?: boolean;
}

/** Some 800 abstracts with formulas. */
const cache = createTextCache(4_000_000);

/** More formulas than this in one text are shown as their source, so that no text can cost much. */
const maxFormulas = 200;

const tags: Record<Style, [open: string, close: string]> = {
  emphasis: ['<em>', '</em>'],
  strong: ['<strong>', '</strong>'],
  code: ['<code>', '</code>'],
  'small-caps': ['<span class="small-caps">', '</span>'],
  underline: ['<u>', '</u>'],
  superscript: ['<sup>', '</sup>'],
  subscript: ['<sub>', '</sub>'],
};

/** Nothing in these but letters: no TeX, no address, no control character. */
const ordinary = /^[\p{L}\p{N} .,;:!?()%/+]{0,200}$/u;

/**
 * Phrasing content only, fit to stand in `<p>`, `<h1>` or (without `links`) `<a>`; line ends become `<br>`.
 * Never throws; a formula that cannot be set is `<code class="tex">` with its source. Text beyond 20 000
 * characters is cut with an ellipsis.
 */
export function renderTex(text: string, options: RenderOptions = {}): string {
  if (ordinary.test(text) && !text.includes('http')) return text;
  const { links = false, reachable = false } = options;
  const given = text.length > maxShown ? shortened(text) : text;
  return cache.get(`${links ? 'l' : 't'}${reachable ? 'r' : 't'}${given}`, () => {
    const budget = { formulas: maxFormulas };
    return renderAll(parseTex(given), { links, reachable }, budget);
  });
}

/** A part of a text that has been read, as it is or marked. */
export interface Piece {
  nodes: readonly Inline[];
  marked: boolean;
}

/** As `renderTex` of the whole, with `<mark>` around the pieces that are marked. Not kept: each question marks others. */
export function renderPieces(pieces: readonly Piece[], options: RenderOptions = {}): string {
  const budget = { formulas: maxFormulas };
  let html = '';
  for (const { nodes, marked } of pieces) {
    const rendered = renderAll(nodes, options, budget);
    html += marked ? `<mark>${rendered}</mark>` : rendered;
  }
  return html;
}

interface Budget {
  formulas: number;
}

function renderAll(nodes: readonly Inline[], options: RenderOptions, budget: Budget): string {
  let html = '';
  for (const node of nodes) html += renderOne(node, options, budget);
  return html;
}

function renderOne(node: Inline, options: RenderOptions, budget: Budget): string {
  switch (node.kind) {
    case 'text':
      return escapeHtml(node.text);
    case 'break':
      return '<br>';
    case 'styled': {
      const [open, close] = tags[node.style];
      return open + renderAll(node.children, options, budget) + close;
    }
    case 'link': {
      // A link within a link is no HTML, nor is anything else that takes the focus.
      const shown = renderAll(node.children, {}, budget);
      return options.links ? `<a href="${escapeHtml(node.href)}" rel="nofollow noopener">${shown}</a>` : shown;
    }
    case 'math':
      budget.formulas -= 1;
      if (budget.formulas < 0) return `<code class="tex">${escapeHtml(node.source)}</code>`;
      return placed(renderFormula(node.tex, node.display, node.source), node.display, options);
  }
}

/** A formula by itself stands in a span, since the text around it stands in a paragraph, which a block would close. */
function placed(formula: string, display: boolean, { reachable }: RenderOptions): string {
  if (!display || !formula.startsWith('<math')) return formula;
  return `<span class="math-display"${reachable ? ' tabindex="0" role="group" aria-label="Formula"' : ''}>${formula}</span>`;
}
