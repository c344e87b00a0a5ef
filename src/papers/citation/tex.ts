/** Writes text and titles as TeX that is safe in a `.bib` file: braces balance, only known commands survive. */

import { escapeTex } from './tex-escape.ts';
import { mendFormula, renderFormula } from '../tex/formula.ts';
import type { Inline, Style } from '../tex/inline.ts';
import { parseTex } from '../tex/text.ts';

const commands: Record<Style, string> = {
  emphasis: 'emph',
  strong: 'textbf',
  code: 'texttt',
  'small-caps': 'textsc',
  underline: 'underline',
  superscript: 'textsuperscript',
  subscript: 'textsubscript',
};

/**
 * The title as TeX again, from what was read of it rather than from its source, which may hold anything
 * (`\input`, a brace too many). Formulas and words with inner capitals are braced against lower-casing styles.
 */
export function titleToTex(title: string): string {
  return parseTex(title).map(nodeToTex).join('').replace(/\s+/g, ' ').trim();
}

function nodeToTex(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return protectCapitals(node.text);
    case 'break':
      return ' ';
    case 'link':
      return node.children.map(nodeToTex).join('');
    case 'styled':
      return `\\${commands[node.style]}{${node.children.map(nodeToTex).join('')}}`;
    case 'math':
      return formulaToTex(node);
  }
}

/** KaTeX knows no command that reads files or writes to the log but those refused; what it cannot set is text. */
function formulaToTex(node: Inline & { kind: 'math' }): string {
  if (renderFormula(node.tex, node.display, node.source).startsWith('<code')) return escapeTex(node.source);
  // BibTeX counts braces without regard to backslashes.
  const tex = mendFormula(node.tex).replace(/\\([{}])/g, (_, brace: string) =>
    brace === '{' ? '\\lbrace ' : '\\rbrace ',
  );
  const balanced = isBalanced(tex) && !/\\verb|\^\^|\\begin/.test(tex);
  return balanced ? `{$${tex.trim()}$}` : escapeTex(node.source);
}

function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const sign of tex) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** `XOR`, `ReLU`, the `Q` of Q-learning: a style may print `Learning` as `learning`, but not these. */
function protectCapitals(text: string): string {
  return escapeTex(text, (word) => (/^.+\p{Lu}|^(?![AI]$)\p{Lu}$/u.test(word) ? `{${word}}` : word));
}
