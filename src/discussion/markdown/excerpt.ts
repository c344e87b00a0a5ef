/** The beginning of a comment in one line of plain text: for lists and titles, where there is no place for more. */

import type { Token } from 'markdown-it';
import { texToPlain } from '#papers/tex/plain.ts';
import { markdown } from './engine.ts';
import { nothingShown } from './environment.ts';
import { harmless } from './render.ts';

/** What of a long comment is read for a short excerpt: marks take up more than they leave. */
const READ = 2_000;

/** What marks the text up is gone, formulas are Unicode, a picture is its name. At most `length` letters and an ellipsis. */
export function commentExcerpt(body: string, length: number): string {
  const tokens = markdown().parse(harmless(body.slice(0, Math.max(READ, length)).toWellFormed()), nothingShown());
  const letters = [...textOf(tokens).replaceAll(/\s+/g, ' ').trim()];
  if (letters.length <= length) return letters.join('');
  const cut = letters.slice(0, length).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > cut.length / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => plain(token) + (token.block ? ' ' : '')).join('');
}

function plain({ type, children, content, meta }: Token): string {
  if (children !== null && children.length > 0) return textOf(children);
  if (type === 'formula') return texToPlain((meta as { source: string }).source);
  if (type === 'softbreak' || type === 'hardbreak') return ' ';
  return content;
}
