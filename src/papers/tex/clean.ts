/** Takes out of foreign text the characters that act on their surroundings instead of being read. */

import { escaped } from '#platform/jsx/html.ts';
import { CONTROLS, OVERRIDES } from '../unsafe-characters.ts';

/** Also characters that carry text nobody sees: tags, word joiner, byte order mark. */
const unseen = new RegExp(String.raw`[${CONTROLS}\u2060\uFEFF\u{E0000}-\u{E007F}]`, 'gu');

/** Also the marks of direction: what is right-to-left by script is set so by the browser without them. */
const directions = new RegExp(String.raw`[\u061C\u200E\u200F${OVERRIDES}]`, 'gu');

/** No script stacks more marks on a letter than this; more would paint over the neighbouring lines. */
const towers = /(\p{Mn}{6})\p{Mn}+/gu;

/** What all that follows would leave as it is: most titles and abstracts. */
const plain = /^[ -~\n]*$/;

/** Harmless text: no control or bidi characters, no lone surrogates; line ends are `\n`, tabs are spaces. */
export function harmlessText(text: string): string {
  if (plain.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(unseen, '')
    .replace(directions, '')
    .replace(towers, '$1');
}

/** `$\unicode{x2013}$` is how arXiv keeps a character that its TeX did not know; call before `harmlessText`. */
export function namedCharacters(text: string): string {
  if (!text.includes('\\unicode')) return text;
  return text.replace(
    /(\$?)\\unicode\{x?([0-9a-fA-F]{1,6})\}(\$?)/g,
    (given, open: string, hex: string, close: string) => {
      const code = Number.parseInt(hex, 16);
      if (code > 0x10ffff) return given;
      const character = String.fromCodePoint(code);
      return open && close ? character : open + character + close;
    },
  );
}

/** Text as HTML text or as a quoted attribute value. */
export function escapeHtml(text: string): string {
  return escaped(text);
}
