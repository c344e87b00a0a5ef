/**
 * Where a page of a search begins, from the mark in its address.
 *
 * Dates stay, so a search by date goes on below the day and number of the last paper. Relevance and what is trending are
 * orders of the moment: a paper that arrives, another process or a model that does not answer moves any paper past any
 * other. So their marks name the papers that were shown, and a page has the best of all others: nothing repeats, and what
 * has risen meanwhile comes next. Nothing is kept on the server.
 */

import { sortOf } from '#search/find.ts';
import type { FoundPaper } from '#search/find.ts';
import type { Query } from '#search/query/query.ts';
import { cursors, decodeCursor, encodeCursor, foreignMark } from './cursor.ts';
import { SEARCH_DEPTH } from './search-depth.ts';

export interface Begin {
  isByDate: boolean;
  /** By date: the last paper of the page before, and the day it stands at. */
  beyond: Pick<FoundPaper, 'score' | 'seq'> | undefined;
  /** Otherwise: `papers.seq` of those on the pages before. */
  shown: readonly number[];
  /** Whether some of them are from elsewhere than arXiv. */
  isMixed: boolean;
  /** Whether the first page said that some paper has every word, by which it is decided what is listed; undefined on it. */
  exact: boolean | undefined;
  /** Papers that may still come. */
  room: number;
}

/** What a page had. */
export interface Page {
  exact: boolean;
  /** Not empty. Those that were not shown, because they are works that stand there already, are among them. */
  taken: readonly Pick<FoundPaper, 'score' | 'seq'>[];
  isMixed: boolean;
}

/** Throws AppError 'invalid' for a mark of another order. */
export function beginAt(query: Query, after: string | undefined): Begin {
  const isByDate = sortOf(query) === 'new';
  const first = { isByDate, beyond: undefined, shown: [], isMixed: false, exact: undefined };
  if (isByDate) {
    if (after === undefined) return { ...first, room: Infinity };
    const [, exact, score, seq] = decodeCursor(cursors.matchDay, after);
    return { ...first, beyond: { score, seq }, exact: exact === 1, room: Infinity };
  }
  if (after === undefined) return { ...first, room: SEARCH_DEPTH };
  const [, exact, isMixed, shown] = decodeCursor(cursors.match, after);
  // The last page has no mark.
  if (shown.length >= SEARCH_DEPTH) throw foreignMark();
  return { ...first, shown, isMixed: isMixed === '1', exact: exact === '1', room: SEARCH_DEPTH - shown.length };
}

/** The mark of the page after this one. */
export function markAfter({ isByDate, shown }: Begin, { exact, taken, isMixed }: Page): string {
  const last = taken.at(-1);
  if (isByDate && last !== undefined) return encodeCursor(['k', exact ? 1 : 0, last.score, last.seq]);
  const numbers = [...shown, ...taken.map(({ seq }) => seq)];
  return encodeCursor(['m', exact ? '1' : '0', isMixed ? '1' : '0', numbers]);
}
