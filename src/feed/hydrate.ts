/** Loads what the cards of a page need, in one query however long the page is. */

import type { Paper, PaperId } from '#papers/paper.ts';
import { findPapers, findPapersByRow } from '#papers/store.ts';
import type { Db } from '#schema.ts';
import type { Card } from './card.ts';

/** Cards in the order of `ids`; ids that are not stored are left out. */
export async function hydrate(db: Db, ids: readonly PaperId[]): Promise<Card[]> {
  return inOrder(await findPapers(db, ids), ids);
}

/** As `hydrate`, by the row numbers that the indexes know: it saves asking for the ids first. */
export async function hydrateRows(db: Db, seqs: readonly number[]): Promise<Card[]> {
  return inOrder(await findPapersByRow(db, seqs), seqs);
}

function inOrder<Key>(papers: ReadonlyMap<Key, Paper>, keys: readonly Key[]): Card[] {
  return keys.flatMap((key) => {
    const paper = papers.get(key);
    // Nobody can vote or comment yet in this version, so both counts are truly 0.
    return paper === undefined ? [] : [{ paper, votes: 0, comments: 0 }];
  });
}
