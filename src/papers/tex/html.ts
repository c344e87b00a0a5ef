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
  const links = options.links ?? false;
  const given = text.length > maxShown ? shortened(text) : text;
  return cache.get(`${links ? 'l' : 't'}${given}`, () => {
    const budget = { formulas: maxFormulas };
    return renderAll(parseTex(given), links, budget);
  });
}

interface Budget {
  formulas: number;
}

function renderAll(nodes: readonly Inline[], links: boolean, budget: Budget): string {
  let html = '';
  for (const node of nodes) html += renderOne(node, links, budget);
  return html;
}

function renderOne(node: Inline, links: boolean, budget: Budget): string {
  switch (node.kind) {
    case 'text':
      return escapeHtml(node.text);
    case 'break':
      return '<br>';
    case 'styled': {
      const [open, close] = tags[node.style];
      return open + renderAll(node.children, links, budget) + close;
    }
    case 'link': {
      // A link within a link is no HTML.
      const shown = renderAll(node.children, false, budget);
      return links ? `<a href="${escapeHtml(node.href)}" rel="nofollow noopener">${shown}</a>` : shown;
    }
    case 'math':
      budget.formulas -= 1;
      if (budget.formulas < 0) return `<code class="tex">${escapeHtml(node.source)}</code>`;
      return renderFormula(node.tex, node.display, node.source);
  }
}
