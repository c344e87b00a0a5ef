/** Replaces what KaTeX and we understand in a formula, but LaTeX with nothing more than the AMS packages does not. */

import { macros } from '../tex/macros.ts';

/** Macros of ours that LaTeX has. */
const known = new Set(['\\textsc', '\\emph', '\\ensuremath']);

/** Macros that KaTeX brings along, and fractions that need a package of their own. */
const others: Readonly<Record<string, string>> = {
  '\\R': '\\mathbb{R}',
  '\\N': '\\mathbb{N}',
  '\\Z': '\\mathbb{Z}',
  '\\reals': '\\mathbb{R}',
  '\\nicefrac': '\\frac',
  '\\sfrac': '\\frac',
};

export function expandMacros(tex: string): string {
  return tex.replace(/\\[a-zA-Z]+/g, (command: string, at: number) => {
    const meaning = others[command] ?? (known.has(command) ? undefined : macros[command]);
    if (meaning === undefined) return command;
    // The argument of `\bm` follows as that of `\boldsymbol`.
    const expanded = meaning.replace('{#1}', '');
    const isOpen = /\\[a-zA-Z]+$/.test(expanded) && /[a-zA-Z]/.test(tex[at + command.length] ?? '');
    return isOpen ? `${expanded} ` : expanded;
  });
}
