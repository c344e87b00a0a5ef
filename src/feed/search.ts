/** The papers of a search as cards: by words and by meaning, in the order asked for. */

import type { Facets } from '#search/catalog.ts';
import type { Found, FoundPaper, Question } from '#search/find.ts';
import type { Query } from '#search/query/query.ts';
import type { Search } from '#search/search.ts';
import type { Clock } from '#platform/clock.ts';
import type { PaperId } from '#papers/paper.ts';
import { findLifted } from '#ranking/store.ts';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import { groupWorks } from './group-works.ts';
import type { WorkCard } from './group-works.ts';
import { hydrateRows } from './hydrate.ts';
import type { PageRequest } from './skeleton.ts';

export interface SearchList {
  /** A work that came from two sources stands in a page once. */
  cards: WorkCard[];
  /** Encoded cursor of the next page; undefined on the last. */
  next: string | undefined;
  /** Whether some paper has every word; if none has, those shown are the closest. */
  exact: boolean;
  /** Words that were looked for; 0 where the query has conditions only. */
  words: number;
  /** Papers with every word; where there is none, those that can be reached page by page. */
  total: number;
  facets: Facets;
  /** Why each was found; without those that only fulfil conditions. */
  why: Map<PaperId, NonNullable<FoundPaper['why']>>;
}

/** Results that can be reached by going from page to page; nobody reads further. */
const DEPTH = 500;
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
  { limit, after, viewerId }: PageRequest,
  by: By = 'both',
): Promise<SearchList> {
  const cursor = after === undefined ? undefined : decodeCursor(cursors.match, after);
  // One more tells whether there is a next page.
  const found = await findInOrder(searcher, query, by, cursor === undefined ? limit + 1 : DEPTH);
  const rest =
    cursor === undefined ? found.papers : found.papers.filter((paper) => isBeyond(paper, cursor[1], cursor[2]));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const cards = await hydrateRows(
    searcher.db,
    page.map(({ seq }) => seq),
    viewerId,
  );
  const { exact, words, total, facets } = found;
  return {
    cards: groupWorks(cards),
    next: rest.length > limit && last !== undefined ? encodeCursor(['m', last.score, last.seq]) : undefined,
    exact,
    words,
    total,
    facets,
    why: new Map(cards.flatMap(({ paper }, at) => reasonOf(paper.id, page[at]))),
  };
}

/** `papers.seq` of those that have every word, or fulfil the conditions; at most as many as can be reached page by page. */
export async function matchingRows(searcher: Searcher, query: Query): Promise<number[]> {
  const { exact, papers } = await findInOrder(searcher, query, 'words');
  return exact ? papers.map(({ seq }) => seq) : [];
}

function reasonOf(id: PaperId, found: FoundPaper | undefined): [PaperId, NonNullable<FoundPaper['why']>][] {
  return found?.why === undefined ? [] : [[id, found.why]];
}

async function findInOrder({ db, search }: Searcher, query: Query, by: By, first = DEPTH): Promise<Found> {
  if (query.sort !== 'trending') return await search.find({ query, limit: DEPTH, first, by });
  const lifted = await findLifted(db, LIFTED);
  return await search.find({
    query,
    limit: DEPTH,
    first,
    by,
    trend: (seq, published) => (lifted.get(seq) ?? published * MS_PER_DAY) / MS_PER_DAY,
  });
}

/** By score and number rather than by place, so that papers which arrive meanwhile neither repeat nor hide others. */
function isBeyond(paper: { score: number; seq: number }, score: number, seq: number): boolean {
  return paper.score < score || (paper.score === score && paper.seq < seq);
}
