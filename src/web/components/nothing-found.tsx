/** A search without results: what to try instead. */

import { searchPath } from '#feed/addresses.ts';
import { contradictionIn } from '#search/query/contradictions.ts';
import { printQuery } from '#search/query/print.ts';
import type { Query } from '#search/query/query.ts';
import { isFilter, onlyParts } from '../filters.ts';

interface NothingFoundProps {
  query: Query;
  /** An arXiv id was asked for, of a paper that is not here. */
  isId: boolean;
  /** Conditions that no paper here fulfils, as they are printed. */
  unknown: readonly string[];
}

export function NothingFound({ query, isId, unknown }: NothingFoundProps) {
  const words = onlyParts(query, ({ kind }) => kind === 'word' || kind === 'phrase');
  const hasFilters = query.parts.some(isFilter);
  const plain = printQuery(words);
  const elsewhere = plain.replaceAll('"', '');
  return (
    <div class="notice">
      <h2>Nothing found</h2>
      <p dir="auto">{advice(query, isId, unknown)}</p>
      {plain !== '' && (
        <p>
          {hasFilters && plain !== '' && (
            <a class="button" href={searchPath(plain)}>
              Search without filters
            </a>
          )}
          {elsewhere !== '' && (
            <a
              class="button"
              href={`https://arxiv.org/search/?searchtype=all&query=${encodeURIComponent(elsewhere)}`}
              rel="noopener"
            >
              Search on arXiv
            </a>
          )}
        </p>
      )}
    </div>
  );
}

function advice(query: Query, isId: boolean, unknown: readonly string[]): string {
  const { parts } = query;
  if (isId) return 'This paper has not been collected here.';
  if (parts.length === 0) return 'There is nothing else in it to search for.';
  const contradiction = contradictionIn(query);
  if (contradiction !== undefined) return `${contradiction} Take one of them away.`;
  if (unknown.length > 0)
    return `No paper here has ${unknown.join(', or ')}. Check how it is written, or take it away.`;
  if (parts.some(isFilter)) return 'No paper meets all of these conditions. Take some of them away, above.';
  if (parts.some(({ kind }) => kind === 'phrase')) {
    return 'No paper has this phrase. Search for its words without the quotation marks.';
  }
  if (parts.every(({ kind }) => kind === 'not')) return 'Every paper has some of the words to leave out.';
  return 'No paper has any of these words, or is close to them in meaning. Check the spelling, or try more general words.';
}
