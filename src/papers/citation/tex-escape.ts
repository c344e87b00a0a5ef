/** Plain text as TeX, with nothing left that TeX or BibTeX would act on. */

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

/** `onWord` may wrap a word (letters, digits and marks), which itself needs no escaping. */
export function escapeTex(text: string, onWord: (word: string) => string = (word) => word): string {
  return text.replace(
    /[\p{L}\p{N}\p{M}]+|[^]/gu,
    (piece) => escapes[piece] ?? (/^[\p{L}\p{N}]/u.test(piece) ? onWord(piece) : piece),
  );
}
