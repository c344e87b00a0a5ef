/** What the text commands met in titles and abstracts do: style their argument, show it, or vanish. */

import type { Style } from './inline.ts';

/** Style the argument; null shows it as it is. */
export const wrappers: ReadonlyMap<string, Style | null> = new Map<string, Style | null>([
  ['textbf', 'strong'],
  ['strong', 'strong'],
  ['emph', 'emphasis'],
  ['textit', 'emphasis'],
  ['textsl', 'emphasis'],
  ['textem', 'emphasis'],
  ['texttt', 'code'],
  ['code', 'code'],
  ['lstinline', 'code'],
  ['textsc', 'small-caps'],
  ['underline', 'underline'],
  ['uline', 'underline'],
  ['ul', 'underline'],
  ['textsuperscript', 'superscript'],
  ['textsubscript', 'subscript'],
  ...names(
    'text textrm textsf textnormal textup textmd mbox hbox enquote mathrm ac acs acl acf acp gls Gls xspace ensuremath',
  ),
]);

/** Style the rest of their group (`{\em …}`); null changes only size or face, which is not ours to give. */
export const switches: ReadonlyMap<string, Style | null> = new Map<string, Style | null>([
  ['em', 'emphasis'],
  ['it', 'emphasis'],
  ['itshape', 'emphasis'],
  ['sl', 'emphasis'],
  ['bf', 'strong'],
  ['bfseries', 'strong'],
  ['tt', 'code'],
  ['ttfamily', 'code'],
  ['sc', 'small-caps'],
  ['scshape', 'small-caps'],
  ...names('rm sf normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge'),
  ...names('noindent smallskip medskip bigskip newline par centering protect relax sloppy'),
]);

/** Vanish with their arguments: they point to what an abstract does not have. The number is that of the arguments. */
export const dropped: ReadonlyMap<string, number> = new Map([
  ...counted('cite citep citet citealt citealp citeauthor citeyear citeyearpar parencite textcite autocite nocite', 1),
  ...counted(
    'ref eqref pageref autoref cref Cref label thanks vspace hspace todo index footnotemark color begin end',
    1,
  ),
  ...counted('vskip hskip bibliography bibliographystyle', 0),
]);

/** The first argument vanishes, the second is shown. */
export const secondShown: ReadonlySet<string> = new Set(['textcolor', 'colorbox', 'fontsize', 'texorpdfstring']);

/** Macros of the conference styles that nearly every author has. */
export const abbreviations: ReadonlyMap<string, string> = new Map([
  ['eg', 'e.g.'],
  ['ie', 'i.e.'],
  ['etal', 'et al.'],
  ['etc', 'etc.'],
  ['cf', 'cf.'],
  ['wrt', 'w.r.t.'],
  ['vs', 'vs.'],
  ['aka', 'a.k.a.'],
]);

/** Signs that a backslash makes ordinary. */
export const escapes: Readonly<Record<string, string>> = {
  '%': '%',
  '&': '&',
  _: '_',
  '#': '#',
  $: '$',
  '{': '{',
  '}': '}',
  ' ': ' ',
  '\n': ' ',
  ',': '\u2009',
  ';': ' ',
  ':': ' ',
  '>': ' ',
  '\\': ' ',
  '/': '',
  '-': '',
  '@': '',
  '!': '',
  '[': '[',
  ']': ']',
  '(': '(',
  ')': ')',
  '|': '|',
};

/**
 * arXiv's own converter turns `\beta` into `{\beta}`, but what it takes for an accent into `\b{eta}`:
 * those are Greek letters again.
 */
export const brokenGreek = /^\\([btrcdukvH])\{(eta|heta|au|ho|hi|elta|psilon|appa|arepsilon|artheta|arphi|arrho)\}/;

function names(list: string): [string, null][] {
  return list.split(' ').map((name) => [name, null]);
}

function counted(list: string, count: number): [string, number][] {
  return list.split(' ').map((name) => [name, count]);
}
