/** A query as text that is read as the same query. */

import { printRange } from './periods.ts';
import type { Part, Query } from './query.ts';

export function printQuery({ parts, sort }: Query): string {
  const printed = parts.map(printPart);
  if (sort !== 'relevance') printed.push(`sort:${sort}`);
  return printed.join(' ');
}

/** Two parts are the same if they are printed the same. */
export function printPart(part: Part): string {
  switch (part.kind) {
    case 'word':
      return part.text;
    case 'phrase':
      return `"${part.text}"`;
    case 'author':
      return `author:${quoted(part.name)}`;
    case 'category':
      return `category:${part.name}`;
    case 'organization':
      return `org:${quoted(part.name)}`;
    case 'published':
      return printRange(part.from, part.to);
    case 'code':
      return 'has:code';
    case 'not':
      return `-${printPart(part.part)}`;
  }
}

function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}
