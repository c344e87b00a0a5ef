/** Skeleton of a search: papers with every word; if there are none, papers with some of the words. */

import { findMatches, queryWords } from '#search/lexical.ts';
import type { MatchMode } from '#search/lexical.ts';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

export interface SearchSkeleton extends Skeleton {
  /** `any` tells the reader that no paper has every word. */
  mode: MatchMode;
}

export async function listMatches(db: Db, text: string, { limit, after }: PageRequest): Promise<SearchSkeleton> {
  const words = queryWords(text);
  const cursor = after === undefined ? undefined : decodeCursor(cursors.match, after);
  const position = cursor === undefined ? {} : { after: { score: cursor[2], id: cursor[3] } };
  const page = async (mode: MatchMode): Promise<SearchSkeleton> => {
    const rows = await findMatches(db, { words, mode, limit: limit + 1, ...position });
    return {
      mode,
      ...cutPage(
        rows,
        limit,
        (row) => row.id,
        (row) => encodeCursor(['m', mode, row.score, row.id]),
      ),
    };
  };
  if (cursor !== undefined) return await page(cursor[1]);
  const strict = await page('all');
  return strict.ids.length > 0 || words.length < 2 ? strict : await page('any');
}
