/** What somebody who searches for a text means by it: a paper, a category, a question, or nothing. */

import type { AppError } from '#platform/errors.ts';
import { invalid } from '#platform/errors.ts';
import { canonicalCategory } from '#papers/category-names.ts';
import { parsePaperId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { findPaper } from '#papers/store.ts';
import { QUERY_LIMIT } from '#search/query/clean.ts';
import { parseQuery } from '#search/query/parse.ts';
import type { ParsedQuery } from '#search/query/parse.ts';
import type { Query } from '#search/query/query.ts';
import type { Db } from '#schema.ts';
import { listByCategory } from './lists.ts';

export type Meant =
  | { kind: 'nothing' }
  | { kind: 'paper'; id: PaperId }
  | { kind: 'category'; name: string }
  /** `isId`: it is an arXiv id, but of a paper that is not here. */
  | { kind: 'question'; query: ParsedQuery; isId: boolean };

/** At most three queries. Throws AppError 'invalid' for a text that is too long. */
export async function readSearch(db: Db, typed: string): Promise<Meant> {
  const text = typed.trim();
  if (text === '') return { kind: 'nothing' };
  const problem = tooLong(text);
  if (problem) throw problem;
  const id = parsePaperId(text);
  if (id !== undefined && (await findPaper(db, id))) return { kind: 'paper', id };
  const category = await namedCategory(db, text);
  if (category !== undefined) return { kind: 'category', name: category };
  const query = parseQuery(text);
  const named = id === undefined ? namedPaper(query) : undefined;
  if (named !== undefined && (await findPaper(db, named))) return { kind: 'paper', id: named };
  // A quotation mark alone.
  return asksNothing(query) && query.unread.length === 0
    ? { kind: 'nothing' }
    : { kind: 'question', query, isId: id !== undefined };
}

/** The one paper whose id or address stands among words (`arxiv 2506.06941`); of several none, and none where conditions are set. */
function namedPaper({ parts, sort }: Query): PaperId | undefined {
  if (sort !== 'relevance') return undefined;
  const ids = new Set<PaperId>();
  for (const part of parts) {
    if (part.kind !== 'word') return undefined;
    const id = parsePaperId(part.text.replace(/^[(<[]+|[)>\],;.:]+$/g, ''));
    if (id !== undefined) ids.add(id);
  }
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}

/** Whether nothing that was typed can be read as a question, not even an order. */
export function asksNothing({ parts, sort }: Query): boolean {
  return parts.length === 0 && sort === 'relevance';
}

/** What to say of a text that is longer than a search may be; undefined for others. */
export function tooLong(text: string): AppError | undefined {
  if (text.length <= QUERY_LIMIT) return undefined;
  return invalid(
    `The search has ${text.length.toLocaleString('en-US')} characters; ${QUERY_LIMIT} is the most.`,
    'Try the title, or a few words of it.',
  );
}

/** The category whose code was typed, if it has papers; the bare names of archives (`math`) are words to search for. */
async function namedCategory(db: Db, text: string): Promise<string | undefined> {
  const category = /[.-]/.test(text) ? canonicalCategory(text) : undefined;
  if (category === undefined) return undefined;
  const { ids } = await listByCategory(db, category, { limit: 1 });
  return ids.length > 0 ? category : undefined;
}
