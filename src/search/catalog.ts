/** What filters and facets ask of each paper, in memory: when it was published, its categories, whether it has code. */

import type { Day } from '#platform/day.ts';
import type { Accepted } from './accepted.ts';

/** Arrays are indexed by `papers.seq`; a place where no paper is has day 0. */
export interface Catalog {
  /** Days since 1970-01-01, plus 100 000 so that they are all positive. */
  days: Int32Array<ArrayBuffer>;
  years: Uint16Array<ArrayBuffer>;
  /** Place in `combinations`. Papers share some 10 000 of them however many they are. */
  categories: Uint32Array<ArrayBuffer>;
  code: Uint8Array<ArrayBuffer>;
  /** Lists of categories as papers have them: places in `names`. */
  combinations: number[][];
  combinationOf: Map<string, number>;
  /** Of the categories. */
  names: string[];
  nameOf: Map<string, number>;
  /** Papers that are known, but that nobody is to find. */
  hidden: Set<number>;
  /** One beyond the highest `seq`. */
  end: number;
  /** Made when first asked for: 1 for each paper that is there and not hidden. */
  every?: Accepted | undefined;
}

export interface CatalogEntry {
  seq: number;
  published_on: string;
  categories: string;
  has_code: number;
}

/** Empty, with room for so many papers. */
export function createCatalog(room = 0): Catalog {
  return {
    days: new Int32Array(room),
    years: new Uint16Array(room),
    categories: new Uint32Array(room),
    code: new Uint8Array(room),
    combinations: [],
    combinationOf: new Map(),
    names: [],
    nameOf: new Map(),
    hidden: new Set(),
    end: 0,
  };
}

/** A paper that is known already is replaced. */
export function addEntries(catalog: Catalog, entries: readonly CatalogEntry[]): void {
  for (const { seq } of entries) catalog.end = Math.max(catalog.end, seq + 1);
  makeRoom(catalog);
  catalog.every = undefined;
  for (const { seq, published_on, categories, has_code } of entries) {
    if (published_on === '') catalog.hidden.add(seq);
    else catalog.hidden.delete(seq);
    catalog.days[seq] = published_on === '' ? 0 : dayNumber(published_on);
    catalog.years[seq] = Number(published_on.slice(0, 4));
    catalog.categories[seq] = placeOfCombination(catalog, categories);
    catalog.code[seq] = has_code;
  }
}

function makeRoom(catalog: Catalog): void {
  const { days, years, categories, code, end } = catalog;
  if (end <= days.length) return;
  const room = Math.ceil(end * 1.5);
  catalog.days = new Int32Array(room);
  catalog.days.set(days);
  catalog.years = new Uint16Array(room);
  catalog.years.set(years);
  catalog.categories = new Uint32Array(room);
  catalog.categories.set(categories);
  catalog.code = new Uint8Array(room);
  catalog.code.set(code);
}

/** In `combinations`; it gets one if it has none. */
export function placeOfCombination(catalog: Catalog, categories: string): number {
  const { combinations, combinationOf: known } = catalog;
  const found = known.get(categories);
  if (found !== undefined) return found;
  const place =
    combinations.push(
      categories
        .split(' ')
        .filter(Boolean)
        .map((name) => placeOf(catalog, name)),
    ) - 1;
  known.set(categories, place);
  return place;
}

function placeOf({ names, nameOf }: Catalog, name: string): number {
  const place = nameOf.get(name) ?? names.push(name) - 1;
  nameOf.set(name, place);
  return place;
}

const MS_PER_DAY = 86_400_000;
const EPOCH = 100_000;

export function dayNumber(day: Day): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY) + EPOCH;
}

/** Days since 1970-01-01. */
export function publishedOf({ days }: Catalog, seq: number): number {
  return (days[seq] as number) - EPOCH;
}

export function everyPaper(catalog: Catalog): Accepted {
  const { days, end } = catalog;
  if (catalog.every === undefined) {
    catalog.every = new Uint8Array(end);
    for (let seq = 0; seq < end; seq++) catalog.every[seq] = days[seq] === 0 ? 0 : 1;
  }
  return catalog.every.slice();
}

export interface Facet {
  name: string;
  papers: number;
}

export interface Facets {
  /** Those with most papers first; a paper counts in each of its categories. */
  categories: Facet[];
  /** The newest first. */
  years: Facet[];
}

/** Further ones are too small to narrow anything. */
const MOST_CATEGORIES = 12;

/** By year; emptied as it is read. */
const byYear = new Uint32Array(10_000);

/** Of the papers with these numbers (`papers.seq`). */
export function countFacets(catalog: Catalog, seqs: ArrayLike<number>): Facets {
  return { categories: mostOf(catalog, countCategories(catalog, seqs)), years: countYears(catalog, seqs) };
}

function countYears({ years: yearOf }: Catalog, seqs: ArrayLike<number>): Facet[] {
  let newest = 0;
  let oldest = byYear.length;
  for (let at = 0; at < seqs.length; at++) {
    const year = yearOf[seqs[at] as number] as number;
    byYear[year] = (byYear[year] as number) + 1;
    if (year > newest) newest = year;
    if (year < oldest) oldest = year;
  }
  const years: Facet[] = [];
  for (let year = newest; year >= oldest; year--) {
    const papers = byYear[year] as number;
    if (papers > 0) years.push({ name: String(year), papers });
    byYear[year] = 0;
  }
  return years;
}

function mostOf({ names }: Catalog, byCategory: Uint32Array): Facet[] {
  const categories: Facet[] = [];
  for (let at = 0; at < byCategory.length; at++) {
    const papers = byCategory[at] as number;
    if (papers > 0) categories.push({ name: names[at] as string, papers });
  }
  categories.sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1));
  return categories.slice(0, MOST_CATEGORIES);
}

/** By place in `names`. Of many papers first the combinations are counted, of which there are fewer. */
function countCategories({ categories, combinations, names }: Catalog, seqs: ArrayLike<number>): Uint32Array {
  const byCategory = new Uint32Array(names.length);
  const count = (combination: number, papers: number): void => {
    for (const name of combinations[combination] ?? []) byCategory[name] = (byCategory[name] as number) + papers;
  };
  if (seqs.length < combinations.length) {
    for (let at = 0; at < seqs.length; at++) count(categories[seqs[at] as number] as number, 1);
    return byCategory;
  }
  const byCombination = new Uint32Array(combinations.length);
  for (let at = 0; at < seqs.length; at++) {
    const combination = categories[seqs[at] as number] as number;
    byCombination[combination] = (byCombination[combination] as number) + 1;
  }
  for (let at = 0; at < byCombination.length; at++) {
    if (byCombination[at] !== 0) count(at, byCombination[at] as number);
  }
  return byCategory;
}
