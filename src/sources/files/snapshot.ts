/** The fields that only the Kaggle snapshot of arXiv has: versions with instants and names already split. */

import { parseAuthors } from '#papers/authors.ts';
import { readSuffix, tidyTex } from '#papers/author-name.ts';
import type { Author, PaperDraft, PaperVersion } from '#papers/paper.ts';
import { cleanText } from '#papers/text.ts';
import { epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import { rawText } from './fields.ts';
import type { JsonRecord } from './fields.ts';

export interface Versions {
  versions: PaperVersion[];
  publishedOn: Day;
  firstAt: number;
}

/** `[{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]` */
export function readVersions(record: JsonRecord): Versions {
  const list = record['versions'];
  const versions = (Array.isArray(list) ? list : []).map(readVersion).sort((a, b) => a.number - b.number);
  const [first] = versions;
  if (!first)
    throw invalid('"versions" is missing: a list of {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}');
  return { versions, publishedOn: epochToDay(first.at), firstAt: first.at };
}

function readVersion(item: unknown): PaperVersion {
  const { version, created } = (item ?? {}) as { version?: unknown; created?: unknown };
  const number = Number(/^v?([1-9]\d{0,3})$/.exec(String(version))?.[1]);
  // Without a zone the date would be read in that of this machine.
  const at =
    typeof created === 'string' && /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$/.test(created) ? Date.parse(created) : Number.NaN;
  if (Number.isNaN(number) || Number.isNaN(at)) {
    throw invalid('"versions" must be a list of {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}');
  }
  return { number, at };
}

/** `authors_parsed` where it says everything, otherwise the names in `authors`. */
export function readSnapshotAuthors(record: JsonRecord): Pick<PaperDraft, 'authors' | 'authorCount' | 'authorsSplit'> {
  const text = rawText(record, 'authors') ?? '';
  const parsed = record['authors_parsed'];
  // The list ends with an author called "et al." or "others".
  const isOpen = /\bet\.? al\b|\bothers?\b/i.test(text);
  if (!Array.isArray(parsed) || parsed.length === 0 || isOpen) return parseAuthors(text);
  const authors = parsed.map(readAuthor).filter((author) => author.family !== '');
  return { authors, authorsSplit: true };
}

/** `["Bal\'azs", "C.", "", "MIT", …]`: family, given, suffix, affiliations. */
function readAuthor(item: unknown): Author {
  if (!Array.isArray(item) || !item.every((part) => typeof part === 'string')) {
    throw invalid('"authors_parsed" must be a list of ["family", "given", "suffix"]');
  }
  const [family = '', given = '', suffix = '', ...affiliations] = item.map((part) => cleanText(tidyTex(part)));
  const affiliation = affiliations.filter(Boolean).join(', ');
  return family === ''
    ? { family: given, given: '', suffix: '', affiliation }
    : { family, given, suffix: readSuffix(suffix) || suffix, affiliation };
}
