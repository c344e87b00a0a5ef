/** `broadsheet search`: the search of the site on the command line. */

import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import { hydrate } from '#feed/hydrate.ts';
import { listMatches } from '#feed/search.ts';
import { parsePaperId } from '#papers/ids.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { readConfig } from '#platform/config.ts';
import { invalid } from '#platform/errors.ts';
import { QUERY_LIMIT } from '#search/query/clean.ts';
import { parseQuery } from '#search/query/parse.ts';
import type { ParsedQuery } from '#search/query/parse.ts';
import type { Sort } from '#search/query/query.ts';
import { requireDatabase } from './existing-database.ts';
import { printResults } from './search-text.ts';
import type { Io } from './io.ts';

/** Further ones the search does not rank. */
const MOST = 1000;
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
  /** Papers found, listed or not. */
  total: number;
  /** Operators that were not understood and taken as text. */
  unread: readonly { text: string; problem: string }[];
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
  /** Other ids of the same work. */
  also: string[];
}

/** The exit code is 0 if something was found and 1 if not, as with grep. */
export async function searchCommand(io: Io, words: readonly string[], options: SearchOptions): Promise<number> {
  const text = words.join(' ').trim();
  const limit = readLimit(options.limit);
  if (text === '') throw invalid('There is nothing to search for.', 'broadsheet search "mixture of experts"');
  if (text.length > QUERY_LIMIT) {
    throw invalid(
      `The search has ${text.length} characters; ${QUERY_LIMIT} is the most.`,
      'Try the title, or a few words of it.',
    );
  }
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  const parsed = parseQuery(text);
  const query = options.sort === undefined ? parsed : { ...parsed, sort: options.sort };
  const report = (await findById(app, text, query)) ?? (await search(app, text, query, limit));
  if (options.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
  else printResults(io, report);
  return report.papers.length > 0 ? 0 : 1;
}

function readLimit(text = String(DEFAULT_LIMIT)): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST) return limit;
  throw invalid(`--limit ${text} is not a number of papers from 1 to ${MOST}.`, 'For instance --limit 20.');
}

/** An id or address is the paper itself, as in the search box. */
async function findById(app: App, text: string, { sort }: ParsedQuery): Promise<SearchReport | undefined> {
  const id = parsePaperId(text);
  const [card] = id === undefined ? [] : await hydrate(app.db, [id]);
  if (card === undefined) return undefined;
  return { query: text, sort, exact: true, total: 1, unread: [], papers: [describe(card.paper, null, [])] };
}

async function search(app: App, text: string, query: ParsedQuery, limit: number): Promise<SearchReport> {
  const { cards, exact, total, why } = await listMatches(app, query, { limit });
  return {
    query: text,
    sort: query.sort,
    exact,
    total,
    unread: query.unread,
    papers: cards.map(({ paper, also }) => describe(paper, why.get(paper.id) ?? null, also)),
  };
}

function describe(paper: Paper, why: FoundPaper['why'], also: string[]): FoundPaper {
  return {
    id: paper.id,
    title: texToPlain(paper.title),
    authors: paper.authors.map(fullName),
    authorCount: paper.authorCount,
    published: paper.publishedOn,
    categories: paper.categories,
    why,
    also,
  };
}
