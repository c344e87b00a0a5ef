/** Papers like those named or like a text, as cards: beside a paper, and on a page of their own. */

import { parsePaperId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { findSimilar } from '#search/similar.ts';
import type { Search } from '#search/search.ts';
import type { Db } from '#schema.ts';
import { groupWorks } from './group-works.ts';
import type { WorkCard } from './group-works.ts';
import { hydrateRows } from './hydrate.ts';

export type SimilarSort = 'closeness' | 'date';

export interface SimilarRequest {
  /** Ids or addresses of papers, as people write them. */
  ids?: readonly string[];
  /** A text to start from, alone or beside papers. */
  text?: string;
  /** At most this many cards. */
  limit: number;
  /** `date`: the closest ones, newest first. */
  sort?: SimilarSort;
  /** The reader whose votes are marked on the cards. */
  viewerId?: string | undefined;
}

export interface SimilarList {
  cards: WorkCard[];
  /** Papers that were asked with; their `also` are other ids under which they are stored here. */
  asked: WorkCard[];
  /** Those of `ids` that are no ids or not stored, as they were written. */
  unknown: string[];
}

/** Further ids are not read: a request must not cost more than a page. */
export const MOST_SIMILAR_IDS = 20;
/** Papers read beyond the limit, because the same works drop out. */
const SPARE = 4;
/** Read only where that was not enough: moderators hide papers, of which the indexes hear some seconds later. */
const REFILL = 40;

/** Two queries, one for a text alone; one more where many papers drop out. */
export async function listSimilar(
  { db, search }: { db: Db; search: Search },
  { ids = [], text, limit, sort = 'closeness', viewerId }: SimilarRequest,
): Promise<SimilarList> {
  const written = new Map<PaperId, string>();
  const unknown: string[] = [];
  for (const one of ids.slice(0, MOST_SIMILAR_IDS)) {
    const id = parsePaperId(one);
    if (id === undefined) unknown.push(one);
    else written.set(id, one);
  }
  const found = await findSimilar(search, {
    ids: [...written.keys()],
    limit: limit + SPARE + REFILL,
    ...(text === undefined ? {} : { text }),
  });
  unknown.push(...found.unknown.map((id) => written.get(id) ?? id));
  const isAsked = ({ paper }: WorkCard) => written.has(paper.id);
  // Those that were asked with stand first, so that other ids of the same work go to them.
  const seqs = [...found.asked, ...found.papers.map(({ seq }) => seq)];
  const first = found.asked.length + limit + SPARE;
  let cards = await hydrateRows(db, seqs.slice(0, first), viewerId);
  let works = groupWorks(cards);
  if (works.filter((work) => !isAsked(work)).length < limit && seqs.length > first) {
    cards = [...cards, ...(await hydrateRows(db, seqs.slice(first), viewerId))];
    works = groupWorks(cards);
  }
  const similar = works.filter((work) => !isAsked(work)).slice(0, limit);
  return { asked: works.filter(isAsked), cards: sort === 'date' ? newestFirst(similar) : similar, unknown };
}

function newestFirst(cards: readonly WorkCard[]): WorkCard[] {
  return cards.toSorted((a, b) => Date.parse(b.paper.publishedOn) - Date.parse(a.paper.publishedOn));
}
