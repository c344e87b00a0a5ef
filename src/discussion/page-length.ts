/** How much text stands on one page: what is shown is rendered anew, and costs by its length. Pure. */

import { COMMENT_LIMIT } from './body.ts';

/** Characters, but for a first text that is longer. As many of the costliest as fit are made in some 100 ms. */
export const PAGE_LENGTH = 30_000;

/** A page reaches this far in any case, however long the last text is that fits. */
export const SURE_LENGTH = PAGE_LENGTH - COMMENT_LIMIT;

/** The first of them that fit on a page; one of them always does. */
export function fitting<Row>(rows: readonly Row[], lengthOf: (row: Row) => number): Row[] {
  let length = 0;
  const end = rows.findIndex((row) => (length += lengthOf(row)) > PAGE_LENGTH);
  return end === -1 ? [...rows] : rows.slice(0, Math.max(1, end));
}
