/** What a citation says of a paper, before it is written in any format: plain text on one line, addresses made. */

import type { Author, Paper } from '../paper.ts';
import { harmlessText } from '../tex/clean.ts';
import { texToPlain } from '../tex/plain.ts';
import { citedDoi } from './doi.ts';
import { citationKey } from './key.ts';

export interface Reference {
  key: string;
  /** TeX as given. */
  titleTex: string;
  title: string;
  authors: Author[];
  /** Authors beyond those listed exist. */
  hasMore: boolean;
  authorCount: number;
  year: string;
  month: string;
  day: string;
  abstract: string;
  /** arXiv id, if it is an arXiv paper. */
  eprint: string | null;
  primaryClass: string | null;
  url: string | null;
  doi: string | null;
  journalRef: string | null;
}

export function toReference(paper: Paper): Reference {
  const title = oneLine(texToPlain(paper.title)) || paper.id;
  const [year = '', month = '', day = ''] = paper.publishedOn.split('-');
  const [, source, rest = ''] = /^([a-z]+):(.*)$/s.exec(paper.id) ?? [];
  const doi = address(citedDoi(paper) ?? '');
  return {
    key: citationKey(paper, title),
    titleTex: paper.title,
    title,
    authors: paper.authors.map(oneLineAuthor).filter((author) => author.family !== ''),
    hasMore: paper.authors.length > 0 && paper.authorCount > paper.authors.length,
    authorCount: paper.authorCount,
    year,
    month,
    day,
    abstract: oneLine(texToPlain(paper.abstract)),
    eprint: source === undefined ? address(paper.id) : null,
    primaryClass: source === undefined ? address(paper.categories[0] ?? '') : null,
    url: urlOf(source, source === undefined ? paper.id : rest),
    doi,
    journalRef: paper.journalRef === null ? null : oneLine(texToPlain(paper.journalRef)) || null,
  };
}

function urlOf(source: string | undefined, id: string): string | null {
  const path = address(id);
  if (path === null) return null;
  if (source === undefined) return `https://arxiv.org/abs/${path}`;
  if (source === 'doi') return `https://doi.org/${path}`;
  return source === 'openreview' ? `https://openreview.net/forum?id=${path}` : null;
}

/** Ids, DOIs and categories hold none of these; what does would end the field it stands in. */
function address(text: string): string | null {
  return harmlessText(text).replace(/[\s{}\\"<>%]/g, '') || null;
}

function oneLineAuthor(author: Author): Author {
  const { given, family, suffix, affiliation } = author;
  // A name of one part is the family name, whichever field it came in.
  const [name, first] = family === '' ? [given, ''] : [family, given];
  return { family: oneLine(name), given: oneLine(first), suffix: oneLine(suffix), affiliation };
}

/** Also keeps `\n`, and the two spaces that begin a RIS field, out of values. */
export function oneLine(text: string): string {
  return harmlessText(text).replace(/\s+/g, ' ').trim();
}
