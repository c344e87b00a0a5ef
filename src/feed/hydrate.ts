/** Loads what the cards of a page need, in one query however long the page is. */

import type { PaperId } from '#papers/paper.ts';
import { findPapers } from '#papers/store.ts';
import type { Db } from '#schema.ts';
import type { Card } from './card.ts';

/** Cards in the order of `ids`; ids that are not stored are left out. */
export async function hydrate(db: Db, ids: readonly PaperId[]): Promise<Card[]> {
  const papers = await findPapers(db, ids);
  return ids.flatMap((id) => {
    const paper = papers.get(id);
    // Nobody can vote or comment yet in this version, so both counts are truly 0.
    return paper === undefined ? [] : [{ paper, votes: 0, comments: 0 }];
  });
}
