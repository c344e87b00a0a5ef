/** Texts, ids and dates out of arXiv's elements, in the form in which a paper keeps them. */

import { parseArxivId } from '#papers/ids.ts';
import type { ArxivId } from '#papers/ids.ts';
import { cleanAbstract, cleanText } from '#papers/text.ts';
import { epochToDay, isDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import { undouble } from './undouble.ts';
import { child, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** One line of text; undefined if the element is absent or empty. */
export function field(node: XmlNode | undefined, path: string): string | undefined {
  return cleanText(undouble(textOf(child(node, path)) ?? '')) || undefined;
}

export function requiredField(node: XmlNode, path: string): string {
  const text = field(node, path);
  if (text === undefined) throw new AppError('upstream', `the record has no <${path}>`);
  return text;
}

/** An abstract, with one newline between paragraphs. */
export function abstractOf(text: string | undefined): string {
  return cleanAbstract(undouble(text ?? ''));
}

export function requiredDay(node: XmlNode, path: string): Day {
  const day = requiredField(node, path);
  if (!isDay(day)) throw new AppError('upstream', `<${path}> is "${day.slice(0, 40)}", not a day like 2026-01-06`);
  return day;
}

/** Epoch milliseconds of an RFC 822 or ISO 8601 date that carries a time zone. */
export function instant(text: string): number {
  const epoch = /(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(epoch)) throw new AppError('upstream', `"${text.slice(0, 40)}" is not a date with a time zone`);
  return epoch;
}

/** The day that a date names in its own time zone. */
export function localDay(text: string): Day {
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && isDay(text.slice(0, 10))) return text.slice(0, 10);
  instant(text);
  const local = text.replace(/\s*(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})$/, ' GMT');
  return epochToDay(instant(local));
}

/** From `2310.02541v2`, `oai:arXiv.org:hep-th/9110025` or an address of the abstract page. */
export function requiredId(text: string): ArxivId {
  const found = parseArxivId(text);
  if (found === undefined) throw new AppError('upstream', `"${text.slice(0, 60)}" is not an arXiv id`);
  return found;
}

/** `cs.LG`, `hep-th`; API entries also carry ACM and MSC classes. */
const CATEGORY = /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2}(?:-[A-Za-z]+)?|\.[a-z]+-[a-z]+)?$/;

/** arXiv categories only, each once, in order. */
export function arxivCategories(terms: readonly string[]): string[] {
  return [...new Set(terms.filter((term) => CATEGORY.test(term)))];
}

/** The first DOI in a field that may hold several, a `doi:` or an address; null if there is none. */
export function doiOf(text: string | undefined): string | null {
  return /10\.\d{4,9}\/[^\s;]*[^\s;.,]/.exec(text ?? '')?.[0] ?? null;
}
