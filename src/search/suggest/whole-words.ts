/** Suggestions while the index of titles and names is being built: whole words only, from the index of the search. */

import { inNumbers } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { authorSlug } from '#papers/authors.ts';
import { decodeAuthors } from '#papers/merge.ts';
import { fullName } from '#papers/paper.ts';
import { publishedOf } from '../catalog.ts';
import type { SearchState } from '../find.ts';
import { seqsHolding } from '../lexical/holders.ts';
import { termOf } from '../lexical/terms.ts';
import { tokenize } from '../tokens.ts';
import type { Offered } from './offer.ts';

/** Papers read from the database: the newest that have all the words, of which most have some only in the abstract. */
const CANDIDATES = 200;

export async function offerWholeWords({ db, indexes }: SearchState, text: string, limit: number): Promise<Offered> {
  const terms = tokenize(text).map(termOf);
  const holders = Array.from(seqsHolding(indexes.lexical, terms))
    .sort((a, b) => publishedOf(indexes.catalog, b) - publishedOf(indexes.catalog, a))
    .slice(0, CANDIDATES);
  if (holders.length === 0) return { papers: [], authors: [] };
  const rows = await db
    .selectFrom('papers')
    .select(['seq', 'title', 'authors'])
    .where(inNumbers(dialectOf(db), 'seq', holders))
    .where('hidden_at', 'is', null)
    .execute();
  const holds = (words: string) => {
    const held = new Set(tokenize(words).map(termOf));
    return terms.every((term) => held.has(term));
  };
  const byTitle = new Set(rows.filter(({ title }) => holds(title)).map(({ seq }) => seq));
  const authors = new Map<string, Offered['authors'][number]>();
  for (const author of rows.flatMap((row) => decodeAuthors(row.authors))) {
    const name = fullName(author);
    if (!holds(name)) continue;
    const slug = authorSlug(author);
    authors.set(slug, { slug, name, papers: (authors.get(slug)?.papers ?? 0) + 1 });
  }
  return {
    papers: holders.filter((seq) => byTitle.has(seq)).slice(0, limit),
    authors: [...authors.values()].toSorted((a, b) => b.papers - a.papers).slice(0, limit),
  };
}
