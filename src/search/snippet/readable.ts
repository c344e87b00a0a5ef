/** A text with TeX in it as the letters that a reader sees, and the way from any part of them back to what prints it. */

import type { Inline } from '#papers/tex/inline.ts';
import { maxShown, shortened } from '#papers/tex/limits.ts';
import { mathToPlain } from '#papers/tex/math-plain.ts';
import { parseTex } from '#papers/tex/text.ts';
import { tokenize } from '../tokens.ts';
import type { Range } from './spans.ts';

export interface Readable {
  /** What is to be searched: formulas are their words. */
  text: string;
  /** The formulas, which are shown as a whole or not at all. */
  atoms: readonly Range[];
  leaves: readonly Leaf[];
}

interface Leaf extends Range {
  node: Inline;
  children: readonly Leaf[];
}

export function readTex(source: string): Readable {
  const read: { text: string; atoms: Range[] } = { text: '', atoms: [] };
  const nodes = parseTex(source.length > maxShown ? shortened(source) : source);
  const leaves = place(read, nodes);
  return { ...read, leaves };
}

function place(read: { text: string; atoms: Range[] }, nodes: readonly Inline[]): Leaf[] {
  return nodes.map((node) => {
    const start = read.text.length;
    const children = 'children' in node ? place(read, node.children) : [];
    if (node.kind === 'text') read.text += node.text;
    else if (node.kind === 'break') read.text += '\n';
    else if (node.kind === 'math') read.text += wordsOfFormula(node.tex);
    const end = read.text.length;
    if (node.kind === 'math') read.atoms.push({ start, end });
    return { node, children, start, end };
  });
}

/** At least one character, so that no formula is lost between two cuts. */
function wordsOfFormula(tex: string): string {
  return mathToPlain(tex) || tokenize(tex).join(' ') || '□';
}

/** What prints this part of the text, in its styles. Cuts no formula: one that is touched comes as a whole. */
export function inlineOf({ leaves }: Pick<Readable, 'leaves'>, range: Range): Inline[] {
  const inlines: Inline[] = [];
  for (const { node, children, start, end } of leaves) {
    if (start >= range.end || end <= range.start) continue;
    if (node.kind === 'text') {
      inlines.push({ kind: 'text', text: node.text.slice(Math.max(0, range.start - start), range.end - start) });
    } else inlines.push('children' in node ? { ...node, children: inlineOf({ leaves: children }, range) } : node);
  }
  return inlines;
}
