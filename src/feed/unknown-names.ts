/** Which of the names in a search nobody and nothing here has. */

import { printPart } from '#search/query/print.ts';
import type { Query } from '#search/query/query.ts';
import type { Search } from '#search/search.ts';

const NAMES: ReadonlySet<string> = new Set(['author', 'organization', 'category']);
/** Each is a search of its own, if a short one. */
const MOST_NAMES = 4;

/** As they are printed. For a search that found nothing; one query for each organization. */
export async function findUnknownNames(search: Search, { parts }: Query): Promise<string[]> {
  const named = parts.filter(({ kind }) => NAMES.has(kind)).slice(0, MOST_NAMES);
  const found = await Promise.all(
    named.map(async (part) => await search.find({ query: { parts: [part], sort: 'new' }, limit: 1, by: 'words' })),
  );
  return named.filter((_, at) => found[at]?.total === 0).map(printPart);
}
