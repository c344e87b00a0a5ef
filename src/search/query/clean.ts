/** What people type and paste, as plain text of one line. */

import { CONTROLS, OVERRIDES } from '#papers/unsafe-characters.ts';

/** Characters (UTF-16, as in `maxlength`) of a search; longer is not a question but a paste. What Hugging Face accepts. */
export const QUERY_LIMIT = 250;
/**
 * What the search box takes: a whole abstract (arXiv's have 1,920 at most), which the page of what is too long offers to
 * find papers like. More might not fit into the address.
 */
export const PASTE_LIMIT = 2500;

const breaking = new RegExp(String.raw`[\s${CONTROLS}]`, 'g');
const turning = new RegExp(`[${OVERRIDES}]`, 'g');

/** Fit for the search box and for a page: no control characters, no lone surrogates, nothing that turns the text around. */
export function cleanQuery(text: string): string {
  return text.toWellFormed().replace(breaking, ' ').replace(turning, '').trim();
}
