/** What a TypeScript user would take instead, as its documentation sets it up, and ours without HTTP beside it. */

import { create, insertMultiple, search } from '@orama/orama';
import MiniSearch from 'minisearch';
import { openLibrary } from './library.ts';

export interface Document {
  id: string;
  title: string;
  abstract: string;
  authors: string;
}

/** Ids, best first. */
export type Find = (text: string, limit: number) => Promise<string[]>;

/** Both are told what ours knows: that a title says more than an abstract. */
const BOOST = { title: 2 };

/** By default a paper with any of the words is found, and the words are neither stemmed nor left out. */
export function openMiniSearch(documents: Document[]): Find {
  const index = new MiniSearch<Document>({
    fields: ['title', 'abstract', 'authors'],
    searchOptions: { boost: BOOST },
  });
  index.addAll(documents);
  return async (text, limit) =>
    index
      .search(text)
      .slice(0, limit)
      .map(({ id }) => String(id));
}

/** Full text, as without an embedding service of one's own. */
export async function openOrama(documents: Document[]): Promise<Find> {
  const index = create({ schema: { id: 'string', title: 'string', abstract: 'string', authors: 'string' } });
  await insertMultiple(index, documents, 500);
  return async (text, limit) => {
    const { hits } = await search(index, {
      term: text,
      limit,
      boost: BOOST,
      properties: ['title', 'abstract', 'authors'],
    });
    return hits.map(({ id }) => id);
  };
}

/** `folder`: a DATA_DIR with the papers in it. */
export async function openBroadsheet(folder: string): Promise<Find & AsyncDisposable> {
  const library = await openLibrary(folder);
  const find: Find = async (text, limit) => await library.find(text, limit);
  return Object.assign(find, { [Symbol.asyncDispose]: async () => await library[Symbol.asyncDispose]() });
}
