/** Writes text and titles as TeX that is safe in a `.bib` file: braces balance, only known commands survive. */

import { mathToPlain } from '../tex/math-plain.ts';
import { escapeTex } from './tex-escape.ts';
import { expandMacros } from './tex-macros.ts';
import { symbolsToTex } from './tex-symbols.ts';
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
  return accentsToTex(parseTex(title).map(nodeToTex).join('')).replace(/\s+/g, ' ').trim();
}

/** Combining marks by accent command; letters that Unicode has with their accent need none of it. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u ',
  '\u0307': '.',
  '\u0308': '"',
  '\u030A': 'r ',
  '\u030B': 'H ',
  '\u030C': 'v ',
  '\u0323': 'd ',
  '\u0327': 'c ',
  '\u0328': 'k ',
  '\u0331': 'b ',
};

/** pdfLaTeX knows no combining marks: those on letters become commands (`x̂` is `{\\^x}`), others cannot be set. */
function accentsToTex(tex: string): string {
  return tex
    .replace(/([A-Za-z])([\u0300-\u036F])/g, (whole, letter: string, mark: string) => {
      const command = accents[mark];
      return command === undefined ? whole : `{\\${command}${letter}}`;
    })
    .replace(/[\u0300-\u036F]/g, '');
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
function formulaToTex({ tex, source, display }: Inline & { kind: 'math' }): string {
  const isFormula = canSet(tex, display, source);
  const written = isFormula ? symbolsToTex(expandMacros(mendFormula(tex))).trim() : '';
  // An accented letter is an error in a formula of LaTeX, and fine in text.
  if (isFormula && /[^ -~]/.test(written)) return protectCapitals(mathToPlain(tex) ?? source);
  // BibTeX counts braces without regard to backslashes.
  const safe = written.replace(/\\([{}])/g, (_, brace: string) => (brace === '{' ? '\\lbrace ' : '\\rbrace ')).trim();
  if (safe === '' || !isBalanced(safe) || /\\verb|\^\^|\\begin/.test(safe)) return escapeTex(source);
  // What was written for a character may not fit where it stands: `\text{μ}`.
  return safe === tex || canSet(safe, display, `$${safe}$`)
    ? `{$${safe}$}`
    : protectCapitals(mathToPlain(tex) ?? source);
}

function canSet(tex: string, display: boolean, source: string): boolean {
  return !renderFormula(tex, display, source).startsWith('<code');
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
