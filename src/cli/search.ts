/** `broadsheet search`: the search of the site on the command line. */

import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import { hydrate } from '#feed/hydrate.ts';
import { readSearch } from '#feed/read-search.ts';
import type { Meant } from '#feed/read-search.ts';
import { SEARCH_DEPTH } from '#feed/search-depth.ts';
import { listMatches } from '#feed/search.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { readConfig } from '#platform/config.ts';
import { invalid } from '#platform/errors.ts';
import type { AppError } from '#platform/errors.ts';
import type { ParsedQuery } from '#search/query/parse.ts';
import type { Sort } from '#search/query/query.ts';
import { requireDatabase } from './existing-database.ts';
import { saveIndexes } from './save-indexes.ts';
import { printResults } from './search-text.ts';
import type { Io } from './io.ts';

const DEFAULT_LIMIT = 10;

export interface SearchOptions {
  json?: boolean;
  limit?: string;
  sort?: Sort;
}

/** What `--json` prints. */
export interface SearchReport {
  query: string;
  sort: Sort;
  /** Whether some paper has all the words; if not, those listed are the closest. */
  exact: boolean;
  /** Papers with all the words, or close to them if `exact` is false, listed or not. */
  total: number;
  /** Operators that were not understood: left out, or what they name taken as a word. */
  unread: readonly { text: string; problem: string }[];
  /** Words that were looked for in the spelling of the papers. In quotation marks they are looked for as typed. */
  respelled: readonly { typed: string; meant: string }[];
  papers: FoundPaper[];
}

export interface FoundPaper {
  id: string;
  title: string;
  authors: string[];
  /** More than `authors` where only some are known by name. */
  authorCount: number;
  published: string;
  categories: string[];
  /** Null where it was found by conditions alone, or by its id. */
  why: 'words' | 'meaning' | 'both' | null;
  /** Words of the search that it has not, though it has others; not told for long searches. */
  missing: readonly string[];
  /** Other ids of the same work. */
  also: string[];
}

/** The exit code is 0 if something was found and 1 if not, as with grep. */
export async function searchCommand(io: Io, words: readonly string[], options: SearchOptions): Promise<number> {
  const text = words.join(' ').trim();
  const limit = readLimit(options.limit);
  if (text === '') throw nothingAsked();
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  const report = await answer(app, text, await readSearch(app.db, text), { limit, sort: options.sort });
  if (options.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
  else printResults(io, report, limit);
  // Where no server runs, the next search has it.
  await saveIndexes(app);
  return report.papers.length > 0 ? 0 : 1;
}

function readLimit(text = String(DEFAULT_LIMIT)): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= SEARCH_DEPTH) return limit;
  throw invalid(`--limit ${text} is not a number of papers from 1 to ${SEARCH_DEPTH}.`, 'For instance --limit 20.');
}

interface Wanted {
  limit: number;
  /** By default what the query says. */
  sort: Sort | undefined;
}

/** As the search box: an id or address is the paper itself, a category's name its papers. */
async function answer(app: App, text: string, meant: Meant, { limit, sort }: Wanted): Promise<SearchReport> {
  switch (meant.kind) {
    case 'nothing':
      throw nothingAsked();
    case 'paper':
      return await findById(app, text, meant.id, sort ?? 'relevance');
    case 'category': {
      const parts = [{ kind: 'category' as const, name: meant.name }];
      return await search(app, text, { parts, sort: sort ?? 'new', unread: [] }, limit);
    }
    case 'question':
      return await search(app, text, { ...meant.query, sort: sort ?? meant.query.sort }, limit);
  }
}

function nothingAsked(): AppError {
  return invalid('There is nothing to search for.', 'broadsheet search "mixture of experts"');
}

async function findById(app: App, text: string, id: PaperId, sort: Sort): Promise<SearchReport> {
  const cards = await hydrate(app.db, [id]);
  const papers = cards.map(({ paper }) => describe(paper));
  return { query: text, sort, exact: true, total: papers.length, unread: [], respelled: [], papers };
}

async function search(app: App, text: string, query: ParsedQuery, limit: number): Promise<SearchReport> {
  const { cards, exact, total, why, missing, respelled } = await listMatches(app, query, { limit });
  return {
    query: text,
    sort: query.sort,
    exact,
    total,
    unread: query.unread,
    respelled,
    papers: cards.map(({ paper, also }) => ({
      ...describe(paper),
      why: why.get(paper.id) ?? null,
      missing: missing.get(paper.id) ?? [],
      also,
    })),
  };
}

/** Of which nothing is known but what it is. */
function describe(paper: Paper): FoundPaper {
  return {
    id: paper.id,
    title: texToPlain(paper.title),
    authors: paper.authors.map(fullName),
    authorCount: paper.authorCount,
    published: paper.publishedOn,
    categories: paper.categories,
    why: null,
    missing: [],
    also: [],
  };
}
