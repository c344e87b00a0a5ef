/** What a search shows of each paper it found: the words that match marked, the best passage first, and why it is there. */

import { withoutWords } from '#feed/missing-words.ts';
import type { SearchList } from '#feed/search.ts';
import type { Author, Paper } from '#papers/paper.ts';
import { renderPieces, renderTex } from '#papers/tex/html.ts';
import { fromPassage } from '#search/snippet/from-passage.ts';
import { highlightTex } from '#search/snippet/highlight.ts';
import { namedIn } from '#search/snippet/named.ts';
import { wantedBy } from '#search/snippet/wanted.ts';

/** HTML, safe to be printed as it is. */
export interface Highlights {
  title: string;
  /** What stands before the best passage is in a `.before`, which the style sheet folds away. */
  abstract: string;
  /** Empty where only conditions were asked for. */
  why: string;
  /** Those of the paper's authors whom the question names. */
  named: readonly Author[];
}

export type Highlighter = (paper: Paper) => Highlights;

/** What a phone shows of a closed abstract, so that the words stand in it on every screen. */
const PASSAGE_LENGTH = 150;

const REASONS = { words: 'Found by words', meaning: 'Found by meaning', both: 'Found by words and meaning' };

/** Of `found` why each paper is there; `query` is what was looked for. */
export function highlighter({ query, why, missing }: Pick<SearchList, 'query' | 'why' | 'missing'>): Highlighter {
  const wanted = wantedBy(query);
  const isBare = wanted.words.size === 0 && wanted.phrases.length === 0;
  const named = namedIn(query);
  return (paper) => {
    const { id, title, abstract } = paper;
    const reason = why.get(id);
    return {
      title: isBare ? renderTex(title) : renderPieces(highlightTex(title, wanted).pieces),
      abstract: isBare ? renderTex(abstract) : passageFirst(fromPassage(abstract, wanted, { length: PASSAGE_LENGTH })),
      why: reason === undefined ? '' : REASONS[reason] + withoutWords(missing.get(id) ?? []),
      named: named(paper),
    };
  };
}

function passageFirst({ before, rest }: ReturnType<typeof fromPassage>): string {
  const html = renderPieces(rest);
  return before.length === 0 ? html : `<span class="before">${renderPieces(before)}</span><span>${html}</span>`;
}
