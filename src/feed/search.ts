/** Skeleton of a search: papers by words and by meaning, best first. */

import { searchOf } from '#search/search-of.ts';
import { idsOf } from '#search/ids-of.ts';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

export interface SearchSkeleton extends Skeleton {
  /** `any` tells the reader that no paper has every word. */
  mode: 'all' | 'any';
}

/** Results that can be reached by going from page to page; nobody reads further. */
const DEPTH = 1000;

export async function listMatches(db: Db, text: string, { limit, after }: PageRequest): Promise<SearchSkeleton> {
  const cursor = after === undefined ? undefined : decodeCursor(cursors.match, after);
  const found = await searchOf(db).find({ text, limit: DEPTH });
  const rest =
    cursor === undefined ? found.papers : found.papers.filter((paper) => isBeyond(paper, cursor[1], cursor[2]));
  const page = rest.slice(0, limit + 1);
  const ids = await idsOf(
    db,
    page.map(({ seq }) => seq),
  );
  return {
    mode: found.exact ? 'all' : 'any',
    ...cutPage(
      page,
      limit,
      ({ seq }) => ids.get(seq) ?? '',
      ({ score, seq }) => encodeCursor(['m', score, seq]),
    ),
  };
}

/** By score and number rather than by place, so that papers which arrive meanwhile neither repeat nor hide others. */
function isBeyond(paper: { score: number; seq: number }, score: number, seq: number): boolean {
  return paper.score < score || (paper.score === score && paper.seq < seq);
}
