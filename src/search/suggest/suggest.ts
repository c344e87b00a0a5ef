/** Offers papers and authors while somebody types: each word typed must be there, the last may be unfinished. */

import { inNumbers } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import type { Db } from '#schema.ts';
import type { SavedIndex } from '../saved/saved.ts';
import type { Search } from '../search.ts';
import { followTitles } from './live-suggest.ts';
import { offer } from './offer.ts';
import type { Titles } from './suggest-shape.ts';
import type { Suggestions } from './suggestions.ts';
import { readTyped } from './typed.ts';
import { offerWholeWords } from './whole-words.ts';

export interface Suggester {
  /** At most `limit` papers and as many authors. Until the index of titles is built, which takes some seconds, whole words only. */
  suggest(text: string, limit: number): Promise<Suggestions>;
  /** Builds the index of titles now. */
  prepare(): Promise<void>;
  /** Saves it, if it was built and enough has changed; whether it was. */
  save(): Promise<boolean>;
}

export function createSuggester(db: Db, search: Search, saved?: SavedIndex<Titles>): Suggester {
  const live = followTitles(db, saved);
  return {
    async prepare() {
      await live.complete();
    },
    save: async () => await live.save(),
    // Without a turn: offers take less than a page of any kind, and who types them waits for each letter.
    async suggest(text, limit) {
      const typed = readTyped(text);
      if (typed.length === 0) return { papers: [], authors: [] };
      const index = await live.current();
      const { papers, authors } =
        index === undefined ? await offerWholeWords(await search.state(), text, limit) : offer(index, typed, limit);
      return { papers: await withTitles(db, papers), authors };
    },
  };
}

async function withTitles(db: Db, seqs: readonly number[]): Promise<Suggestions['papers']> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom('papers')
    .select(['seq', 'id', 'title'])
    .where(inNumbers(dialectOf(db), 'seq', seqs))
    .where('hidden_at', 'is', null)
    .execute();
  const found = new Map(rows.map(({ seq, id, title }) => [seq, { id, title: texToPlain(title) }]));
  return seqs.flatMap((seq) => found.get(seq) ?? []);
}
