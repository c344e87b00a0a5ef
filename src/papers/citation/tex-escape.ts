/** Plain text as TeX, with nothing left that TeX or BibTeX would act on. */

import { signsToFormulas } from './tex-symbols.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '\u00A0': '~',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '“': '``',
  '”': "''",
  '–': '--',
  '—': '---',
  '\n': ' ',
};

/**
 * `onWord` may wrap a word (letters, digits and marks), which itself needs no escaping. Signs that only formulas have
 * (`≤`, the `μ` of `μTransfer`) are braced, because BibTeX would write `\Delta` in lower case.
 */
export function escapeTex(text: string, onWord: (word: string) => string = (word) => word): string {
  return text.normalize('NFC').replace(/[\p{L}\p{N}\p{M}]+|[^]/gu, (piece) => {
    const escaped = escapes[piece];
    if (escaped !== undefined || /^[ -~]$/.test(piece)) return escaped ?? (/\w/.test(piece) ? onWord(piece) : piece);
    const withFormulas = signsToFormulas(piece);
    if (withFormulas !== undefined) return `{${withFormulas}}`;
    return /^[\p{L}\p{N}]/u.test(piece) ? onWord(piece) : piece;
  });
}
