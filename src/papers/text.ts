/** Titles, abstracts and other text of a paper as it is stored: one line (or one per paragraph), TeX untouched. */

import { CONTROLS, OVERRIDES } from './unsafe-characters.ts';

/** All that folds to a space. NEL and the old separators 1C–1F are white space in some Unicode tables. */
const SPACE = /[\s\u0085\u001C-\u001F]+/g; // oxlint-disable-line no-control-regex
const CONTROL = new RegExp(`[${CONTROLS}${OVERRIDES}]`, 'g');
/** Most text of most papers is printable ASCII with single spaces, and has nothing to clean. */
const MARKED = /[^ -~]|  /;

/** One line: white space folded and trimmed, control characters dropped, broken surrogates replaced by U+FFFD. */
export function cleanText(text: string): string {
  if (!MARKED.test(text)) return text.trim();
  return text.toWellFormed().replace(SPACE, ' ').replace(CONTROL, '').replace(/ {2,}/g, ' ').trim();
}

/**
 * As `cleanText`, with one newline between paragraphs. In arXiv's text a paragraph begins
 * with an indented line (info.arxiv.org/help/prep#abstracts) or after an empty one; other line ends are wrapping.
 */
export function cleanAbstract(text: string): string {
  if (!text.includes('\n')) return cleanText(text);
  const lines = text
    .trimEnd()
    .replace(/^(?:[ \t\r]*\n)+/, '')
    .split('\n');
  const indented = (line: string) => /^[ \t]/.test(line);
  // Where every line is indented, the indentation is the layout of the file.
  const isLayout = lines.length > 2 && lines.every(indented);
  const paragraphs: string[][] = [];
  let open = false;
  for (const line of lines) {
    const clean = cleanText(line);
    const starts = !open || (indented(line) && !isLayout);
    open = clean !== '';
    if (!open) continue;
    if (starts) paragraphs.push([clean]);
    else paragraphs.at(-1)?.push(clean);
  }
  return paragraphs.map((paragraph) => paragraph.join(' ')).join('\n');
}
