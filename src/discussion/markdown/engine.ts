/** The reader of comments: markdown-it with our rules, made when the first comment is shown. */

import { createRequire } from 'node:module';
import type { MarkdownIt, Token } from 'markdown-it';
import type MarkdownItClass from 'markdown-it';
import { withoutDepths } from './depths.ts';
import { withFormulas } from './formulas.ts';
import { withoutImages } from './images.ts';
import { withSafeLinks } from './links.ts';
import { withMentions } from './mentions.ts';

const require = createRequire(import.meta.url);
let engine: MarkdownIt | undefined;

/** Quotations in lists in quotations: deeper ones than people write are shown as text. A list takes two, its item one of them. */
const DEEPEST = 12;

/** Loads the library once (60 ms): a process that shows no comment does not pay for it. */
export function markdown(): MarkdownIt {
  engine ??= make(require('markdown-it') as typeof MarkdownItClass);
  return engine;
}

function make(Markdown: typeof MarkdownItClass): MarkdownIt {
  const md = new Markdown({ html: false, linkify: true, breaks: true, maxNesting: DEEPEST });
  withSafeLinks(md);
  withFormulas(md);
  withMentions(md);
  withoutImages(md);
  withoutDepths(md, DEEPEST);
  md.core.ruler.push('tidy', (state) => state.tokens.forEach(tidy));
  // Code that is wider than the page scrolls by itself, and so must be reached by keyboard.
  const scrolling = (tokens: Token[], at: number) =>
    `<pre tabindex="0"><code>${md.utils.escapeHtml(tokens[at]?.content ?? '')}</code></pre>\n`;
  md.renderer.rules['fence'] = scrolling;
  md.renderer.rules['code_block'] = scrolling;
  return md;
}

function tidy(token: Token): void {
  // The headings of a page are the page's own: who walks through them by ear does not want those of every comment.
  if (token.type.startsWith('heading_')) token.tag = 'p';
  if (token.type === 'heading_open') token.attrSet('class', 'heading');
  // markdown-it aligns columns by a style attribute, which our policy forbids.
  const align = /text-align:(center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
  token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null;
  if (align !== undefined) token.attrSet('class', `to-${align}`);
}
