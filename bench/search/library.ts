/** The search of the site without HTTP, for what is measured inside one process. */

import { createApp } from '#app.ts';
import { readConfig } from '#platform/config.ts';
import { idsOf } from '../../test/ids-of.ts';
import { createSearch } from '#search/search.ts';

export interface Library extends AsyncDisposable {
  /** Ids, best first. Nothing in `text` is read as an operator. */
  find(text: string, limit: number): Promise<string[]>;
}

export type Method = 'words' | 'both';

/** By words alone, nothing of the vectors is loaded. */
export async function openLibrary(DATA_DIR: string, by: Method = 'both'): Promise<Library> {
  const app = await createApp(readConfig({ DATA_DIR, LOG_LEVEL: 'warn' }));
  const search = by === 'both' ? app.search : createSearch(app.db);
  return {
    async find(text, limit) {
      const { papers } = await search.find({ query: { parts: [{ kind: 'word', text }], sort: 'relevance' }, limit });
      const seqs = papers.map(({ seq }) => seq);
      const ids = await idsOf(app.db, seqs);
      return seqs.map((seq) => ids.get(seq) ?? '');
    },
    [Symbol.asyncDispose]: async () => await app[Symbol.asyncDispose](),
  };
}
