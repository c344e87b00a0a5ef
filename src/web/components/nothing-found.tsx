/** A search without results: what to try instead. */

import { searchPath } from '#feed/addresses.ts';
import { printQuery } from '#search/query/print.ts';
import type { Query } from '#search/query/query.ts';
import { isFilter, onlyParts } from '../filters.ts';

/** `isId`: an arXiv id was asked for, of a paper that is not here. */
export function NothingFound({ query, isId }: { query: Query; isId: boolean }) {
  const words = onlyParts(query, ({ kind }) => kind === 'word' || kind === 'phrase');
  const hasFilters = query.parts.some(isFilter);
  const plain = printQuery(words);
  const elsewhere = plain.replaceAll('"', '');
  return (
    <div class="notice">
      <h2>Nothing found</h2>
      <p>{advice(query, isId)}</p>
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
    </div>
  );
}

function advice({ parts }: Query, isId: boolean): string {
  if (isId) return 'This paper has not been collected here.';
  if (parts.length === 0) return 'There is nothing else in it to search for.';
  if (parts.some(isFilter)) return 'No paper meets all of these conditions. Take some of them away, above.';
  if (parts.some(({ kind }) => kind === 'phrase')) {
    return 'No paper has this phrase. Search for its words without the quotation marks.';
  }
  if (parts.every(({ kind }) => kind === 'not')) return 'Every paper has some of the words to leave out.';
  return 'No paper has any of these words, or is close to them in meaning. Check the spelling, or try more general words.';
}
