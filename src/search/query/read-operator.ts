/** What each operator's value means, or what is wrong with it. */

import { addDays } from '#platform/day.ts';
import { canonicalCategory } from '#papers/category-names.ts';
import { tokenize } from '../tokens.ts';
import { readPeriod, readYears } from './periods.ts';
import type { Clause, Sort } from './query.ts';

export type Reading =
  | { clause: Clause }
  | { sort: Sort }
  /** The end of a sentence that begins with what was typed, and what would be right. */
  | { problem: string };

type Reader = (value: string) => Reading;

const DATES = 'Write a year, a month or a day: 2025, 2025-06 or 2025-06-15.';
const NO_CATEGORY =
  'is not a category of arXiv: there is none of this name. Write category:cs.LG, or category:cs for all of computer science.';
const SORTS: readonly Sort[] = ['relevance', 'new', 'trending'];
const LONGEST_CATEGORY = 40;

const READERS = new Map<string, Reader>(
  Object.entries({
    author: readAuthor,
    au: readAuthor,
    org: (value) => readName(value, 'org:deepmind', (name) => ({ kind: 'organization', name })),
    category: readCategory,
    cat: readCategory,
    after: readAfter,
    before: readBefore,
    year: readYear,
    has: readHas,
    sort: readSort,
  } satisfies Record<string, Reader>),
);

/** Fields that other sites ask for. Here titles and abstracts are searched together. */
const FIELDS: ReadonlySet<string> = new Set(['title', 'ti', 'intitle', 'allintitle', 'abs']);
/** Operators whose value says what is looked for, even where it names nothing. */
const NAMING: ReadonlySet<string> = new Set(['author', 'au', 'category', 'cat', 'org', ...FIELDS]);

export const OPERATOR_NAMES: readonly string[] = [...READERS.keys()];

/** In any case, as below. */
export function isOperator(name: string): boolean {
  return READERS.has(name.toLowerCase()) || isField(name);
}

export function isField(name: string): boolean {
  return FIELDS.has(name.toLowerCase());
}

/** `category:nlp` still says something; `after:yesterday` is nothing that a paper could hold. */
export function isNaming(name: string): boolean {
  return NAMING.has(name.toLowerCase());
}

/** `name` in any case; undefined if there is no such operator. */
export function readOperator(name: string, value: string): Reading | undefined {
  if (isField(name)) return { problem: 'is not known here: words are looked for in titles and abstracts alike.' };
  return READERS.get(name.toLowerCase())?.(value);
}

function readAuthor(value: string): Reading {
  return readName(value, 'author:hinton', (name) => ({ kind: 'author', name }));
}

function readName(value: string, example: string, make: (name: string) => Clause): Reading {
  let end = value.length;
  // `author:hinton, transformers`
  while (end > 0 && ' ,;'.includes(value.charAt(end - 1))) end--;
  const name = value.slice(0, end);
  if (tokenize(name).length > 0) return { clause: make(name) };
  return { problem: `names nobody. Write ${example}, without a space after the colon.` };
}

/** `cs.LG` in any case, `cs`, and `cs.*` as arXiv's own search has it. */
function readCategory(value: string): Reading {
  const code = value.replace(/\.?\*$/, '');
  const known = canonicalCategory(code);
  if (known !== undefined) return { clause: { kind: 'category', name: known } };
  // arXiv opens new categories now and then within its archives.
  const archive = canonicalCategory(code.slice(0, Math.max(code.indexOf('.'), 0)));
  if (archive !== undefined && code.length <= LONGEST_CATEGORY && /^[a-z-]+\.[a-z-]+$/i.test(code)) {
    return { clause: { kind: 'category', name: code } };
  }
  return { problem: NO_CATEGORY };
}

function readAfter(value: string): Reading {
  const period = readPeriod(value);
  return period ? { clause: { kind: 'published', from: period.first } } : { problem: `is not a date. ${DATES}` };
}

function readBefore(value: string): Reading {
  const period = readPeriod(value);
  if (!period) return { problem: `is not a date. ${DATES}` };
  return { clause: { kind: 'published', to: addDays(period.first, -1) } };
}

function readYear(value: string): Reading {
  const years = readYears(value);
  if (years) return { clause: { kind: 'published', from: years.first, to: years.last } };
  return { problem: 'is not a year. Write year:2025 or year:2023-2025; months and days go with after: and before:.' };
}

function readHas(value: string): Reading {
  if (value.toLowerCase() === 'code') return { clause: { kind: 'code' } };
  return { problem: 'is not something to ask for. Write has:code for papers that come with code.' };
}

function readSort(value: string): Reading {
  const sort = SORTS.find((one) => one === value.toLowerCase());
  return sort ? { sort } : { problem: 'is not an order. Write sort:relevance, sort:new or sort:trending.' };
}
