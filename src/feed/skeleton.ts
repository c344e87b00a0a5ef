/** The ordered ids of a list, one page at a time: what every surface starts from. */

import type { PaperId } from '#papers/paper.ts';

export interface Skeleton {
  ids: PaperId[];
  /** Encoded cursor of the next page; undefined on the last. */
  next: string | undefined;
}

export interface PageRequest {
  /** Papers a page. */
  limit: number;
  /** Encoded cursor as it came in. */
  after?: string | undefined;
  /** The reader whose votes are marked on the cards. A list that is kept for everybody names none. */
  viewerId?: string | undefined;
}

/** 50 cards are what Hugging Face prints on a page; enough to scan, small enough to load at once. */
export const PAGE_SIZE = 50;

/** Cuts rows that were read one beyond the limit into a page and the mark after its last row. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  id: (row: Row) => PaperId,
  mark: (row: Row) => string,
): Skeleton {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { ids: page.map(id), next: rows.length > limit && last !== undefined ? mark(last) : undefined };
}
