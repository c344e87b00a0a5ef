/** Whether two stored papers are one work that came from two sources. Pure. */

import { isArxivId } from './ids.ts';
import type { Author, Paper, PaperId } from './paper.ts';
import { slugify } from './slug.ts';
import { texToPlain } from './tex/plain.ts';

/** What tells works apart, read once for each paper. */
export interface WorkMarks {
  id: PaperId;
  source: string;
  /** Lower case, because DOIs are the same in either (DOI Handbook 2.4). */
  dois: readonly string[];
  /** Folded: equal for one title in two spellings. */
  title: string;
  authors: readonly AuthorMark[];
}

interface AuthorMark {
  /** The last word of the family name: sources do not agree where `van der Berg` begins. */
  family: string;
  /** Of the first given name; empty if unknown. */
  initial: string;
}

/**
 * One DOI, or one title by the same people. Two ids of one source are two works to that source, whatever their titles
 * say, unless it gave both the same DOI; two of arXiv's always are.
 */
export function isSameWork(a: WorkMarks, b: WorkMarks): boolean {
  if (a.id === b.id) return true;
  if (a.source === 'arxiv' && b.source === 'arxiv') return false;
  if (a.dois.some((doi) => b.dois.includes(doi))) return true;
  return a.source !== b.source && a.title !== '' && a.title === b.title && areSamePeople(a.authors, b.authors);
}

export function workMarks({ id, doi, title, authors }: Pick<Paper, 'id' | 'doi' | 'title' | 'authors'>): WorkMarks {
  const source = isArxivId(id) ? 'arxiv' : id.slice(0, id.indexOf(':'));
  return { id, source, dois: doisOf(id, source, doi), title: foldTitle(title), authors: authors.map(authorMark) };
}

const DOI_PREFIX = /^\s*(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i;

function doisOf(id: PaperId, source: string, doi: string | null): string[] {
  // Authors of several publications of a paper give arXiv all their DOIs in one field.
  const given = (doi ?? '').split(/[\s,;]+(?=https?:|doi:|10\.)/i).map((one) => one.replace(DOI_PREFIX, '').trim());
  if (source === 'doi') given.push(id.slice('doi:'.length));
  // arXiv registers one for each of its papers (https://info.arxiv.org/help/doi.html).
  if (source === 'arxiv') given.push(`10.48550/arxiv.${id}`);
  return given.filter(Boolean).map((one) => one.toLowerCase());
}

/** Words that one source leaves out and another does not. */
const LIGHT = new Set(['a', 'an', 'the', 'and']);
/** A title, not an abstract in its place. */
const LONGEST = 1000;

/**
 * Leaves what counts: not case, punctuation, TeX, accents, hyphens, articles, plurals or British spelling. The order of
 * words stays ("From A to B"), and so does every other letter: "Part I" and "Part II", "supervised" and "unsupervised"
 * are one or two apart.
 */
export function foldTitle(title: string): string {
  return texToPlain(title.slice(0, LONGEST))
    .normalize('NFKC') // x² as x2, ℓ as l
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(slugify)
    .filter((word) => !LIGHT.has(word))
    .map(foldWord)
    .join('');
}

function foldWord(word: string): string {
  if (word.length < 4) return word;
  return word
    .replace(/(?<=[^su])s$/, '')
    .replace(/(?<=\p{L}{3})is(?=e[drs]?$|ing$|ation$)/u, 'iz')
    .replace(/(?<=\p{L}{3})our(?=$|al|ed|ing|able)/u, 'or');
}

function authorMark({ family, given }: Author): AuthorMark {
  const words = slugify(family).split('-');
  return { family: words.at(-1) ?? '', initial: slugify(given).slice(0, 1) };
}

/** Most of the shorter list is in the longer one: sources cut lists, and versions add an author. */
const SHARE = 0.5;

function areSamePeople(a: readonly AuthorMark[], b: readonly AuthorMark[]): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const shared = few.filter((one) => many.some((other) => isSamePerson(one, other))).length;
  return shared > 0 && shared >= SHARE * few.length;
}

function isSamePerson(a: AuthorMark, b: AuthorMark): boolean {
  return a.family === b.family && (a.initial === '' || b.initial === '' || a.initial === b.initial);
}
