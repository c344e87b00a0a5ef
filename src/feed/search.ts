/** The papers of a search as cards: by words and by meaning, in the order asked for. */

import type { Facets } from '#search/catalog.ts';
import type { Found, FoundPaper, Question } from '#search/find.ts';
import type { Query } from '#search/query/query.ts';
import type { Search } from '#search/search.ts';
import type { Clock } from '#platform/clock.ts';
import { isArxivId } from '#papers/ids.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { findPapersByRow } from '#papers/store.ts';
import { findLifted } from '#ranking/store.ts';
import type { Db } from '#schema.ts';
import type { Card } from './card.ts';
import { groupWorks } from './group-works.ts';
import type { WorkCard } from './group-works.ts';
import { findCards } from './hydrate.ts';
import { SEARCH_DEPTH } from './search-depth.ts';
import { beginAt, markAfter } from './search-pages.ts';
import type { Begin } from './search-pages.ts';
import type { PageRequest } from './skeleton.ts';

export interface SearchList {
  /**
   * A work that came from two sources is one of them. It is not shown again on later pages either, but by date, where its
   * two papers can be years apart.
   */
  cards: WorkCard[];
  /** Encoded cursor of the next page; undefined on the last. */
  next: string | undefined;
  /** Whether some paper has every word; if none has, those shown are the closest. */
  exact: boolean;
  /** Words that were looked for; 0 where the query has conditions only. */
  words: number;
  /**
   * Papers with every word; where there is none, those that are close. One work from two sources is two of them: to tell,
   * the titles of all would have to be read.
   */
  total: number;
  /** How many of them can be reached page by page; undefined where that is all. */
  depth: number | undefined;
  facets: Facets;
  /** What was looked for, and in what that differs from what was typed. */
  query: Found['query'];
  respelled: Found['respelled'];
  /** Why each was found; without those that only fulfil conditions. */
  why: Map<PaperId, NonNullable<FoundPaper['why']>>;
  /** Words of the question that a paper has not, though it has others; papers that lack none are left out. */
  missing: Map<PaperId, readonly string[]>;
}

type By = NonNullable<Question['by']>;
const MS_PER_DAY = 86_400_000;
/**
 * Papers that `sort:trending` asks the trending lists for, the highest; all others stand at their dates anyway, or are
 * so old that what people once did with them has faded. Some 10 ms on SQLite.
 */
const LIFTED = 10_000;

export interface Searcher {
  db: Db;
  search: Search;
  clock: Clock;
}

/** `by`: what papers are found by. */
export async function listMatches(
  searcher: Searcher,
  query: Query,
  request: PageRequest,
  by: By = 'both',
): Promise<SearchList> {
  const begin = beginAt(query, request.after);
  const seen = new Set(begin.shown);
  // Twice a page, for what drops out of it; and one more, which tells whether there is a next page.
  const most = Math.min(2 * request.limit + 1, begin.room);
  const { beyond, exact: wasExact } = begin;
  const found = await findInOrder(searcher, query, by, { first: seen.size + most, beyond, exact: wasExact });
  const rest = found.papers.filter(({ seq }) => !seen.has(seq)).slice(0, most);
  const { works, entries, taken } = await readPage(searcher.db, rest, begin, request);
  const { exact, words, total, facets, query: meant, respelled } = found;
  return {
    cards: works,
    next: rest.length > taken.length ? markAfter(begin, { exact, taken, isMixed: isMixed(begin, entries) }) : undefined,
    exact,
    words,
    total,
    depth: begin.isByDate ? undefined : SEARCH_DEPTH,
    facets,
    query: meant,
    respelled,
    why: new Map(entries.flatMap(({ card, paper }) => reasonOf(card.paper.id, paper))),
    missing: new Map(
      entries.flatMap(({ card, paper }) => (paper.missing.length > 0 ? [[card.paper.id, paper.missing]] : [])),
    ),
  };
}

interface Entry {
  paper: FoundPaper;
  card: Card;
}

/** What a page takes from `rest`, which begins where the page does. One query, three where papers drop out. */
async function readPage(db: Db, rest: readonly FoundPaper[], begin: Begin, { limit, viewerId }: PageRequest) {
  const entries: Entry[] = [];
  let works: WorkCard[] = [];
  let size = 0;
  let before: readonly Paper[] | undefined;
  // Once more where works that stand here already, or papers hidden meanwhile, left room.
  for (let reads = 0; reads < 2 && works.length < limit && size < rest.length; reads++) {
    const more = rest.slice(size, size + limit - works.length);
    size += more.length;
    const cards = await findCards(
      db,
      more.map(({ seq }) => seq),
      viewerId,
    );
    for (const paper of more) {
      const card = cards.get(paper.seq);
      if (card !== undefined) entries.push({ paper, card });
    }
    if (isMixed(begin, entries)) before ??= [...(await findPapersByRow(db, begin.shown)).values()];
    works = groupWorks(
      entries.map(({ card }) => card),
      before,
    );
  }
  return { works, entries, taken: rest.slice(0, size) };
}

/** Two papers of arXiv are two works; only among others, some may be one. */
function isMixed(begin: Begin, entries: readonly Entry[]): boolean {
  return begin.isMixed || entries.some(({ card }) => !isArxivId(card.paper.id));
}

/** `papers.seq` of those that have every word, or fulfil the conditions: the first ones in the order of the query. */
export async function matchingRows(searcher: Searcher, query: Query): Promise<number[]> {
  const { exact, papers } = await findInOrder(searcher, query, 'words');
  return exact ? papers.map(({ seq }) => seq) : [];
}

function reasonOf(id: PaperId, found: FoundPaper | undefined): [PaperId, NonNullable<FoundPaper['why']>][] {
  return found?.why === undefined ? [] : [[id, found.why]];
}

type Wanted = Pick<Question, 'first' | 'beyond' | 'exact'>;

async function findInOrder({ db, search }: Searcher, query: Query, by: By, wanted: Wanted = {}): Promise<Found> {
  const question = { query, limit: SEARCH_DEPTH, by, ...wanted };
  if (query.sort !== 'trending') return await search.find(question);
  const lifted = await findLifted(db, LIFTED);
  return await search.find({
    ...question,
    trend: (seq, published) => (lifted.get(seq) ?? published * MS_PER_DAY) / MS_PER_DAY,
  });
}
