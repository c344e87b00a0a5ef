/** What may be written in a comment: its length, and what is taken out of it. Pure. */

import { CONTROLS, OVERRIDES } from '#papers/unsafe-characters.ts';

/** Some four pages: a referee's report fits, a pasted paper does not. */
export const COMMENT_LIMIT = 10_000;

/** Invisible characters that act on what stands around them, and tags that nobody sees (U+E0000). */
const UNWANTED = new RegExp(String.raw`[${CONTROLS}${OVERRIDES}\u{E0000}-\u{E007F}]`, 'gu');

/** As it is stored: line ends are `\n`, empty lines around it and invisible control characters are gone. */
export function cleanBody(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(UNWANTED, '')
    .replaceAll(/^(?:[^\S\n]*\n)+/g, '')
    .trimEnd();
}

/** What is wrong with a cleaned body, for the person who wrote it; undefined if nothing is. */
export function problemOf(body: string): string | undefined {
  if (body.trim() === '') return 'The comment is empty. Write something first.';
  const { length } = body;
  if (length <= COMMENT_LIMIT) return undefined;
  const [has, most, over] = [length, COMMENT_LIMIT, length - COMMENT_LIMIT].map((count) =>
    count.toLocaleString('en-US'),
  );
  return `The comment has ${has} characters; ${most} is the most. Shorten it by ${over}, or divide it in two.`;
}
