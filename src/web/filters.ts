/** The conditions of a search apart from its words: what stands beside the headline and can be taken away alone. */

import type { Part, Query } from '#search/query/query.ts';

const TEXT: readonly string[] = ['word', 'phrase'];

/** Words and phrases, also those to leave out, are what was asked; the rest narrows it. */
export function isFilter(part: Part): boolean {
  return !TEXT.includes(part.kind === 'not' ? part.part.kind : part.kind);
}

/** In the default order, because it is for showing and for starting anew. */
export function onlyParts({ parts }: Query, isIn: (part: Part) => boolean): Query {
  return { parts: parts.filter(isIn), sort: 'relevance' };
}
