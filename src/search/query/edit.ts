/** Adds and takes away conditions, for links that narrow or widen a search and leave the rest as it was typed. */

import { printPart } from './print.ts';
import type { Clause, Part, Query, Sort } from './query.ts';

/**
 * The query with this condition last, unless it has it already. What it makes superfluous goes (`cs` for `cs.LG`),
 * and so does its exclusion. Dates stay as they were typed, so that taking the condition away leads back to them.
 */
export function withClause(query: Query, clause: Clause): Query {
  if (hasPart(query, clause)) return query;
  const excluded = printPart({ kind: 'not', part: clause });
  const kept = query.parts.filter((part) => !implies(clause, part) && printPart(part) !== excluded);
  return { parts: [...kept, clause], sort: query.sort };
}

/** The query without this condition, or word; a word that is said twice goes twice. */
export function withoutPart(query: Query, part: Part): Query {
  const printed = printPart(part);
  return { parts: query.parts.filter((one) => printPart(one) !== printed), sort: query.sort };
}

export function withSort({ parts }: Query, sort: Sort): Query {
  return { parts, sort };
}

export function hasPart(query: Query, part: Part): boolean {
  const printed = printPart(part);
  return query.parts.some((one) => printPart(one) === printed);
}

/** Whether every paper that fulfils `narrow` fulfils `wide`, as far as can be told without asking the papers. */
function implies(narrow: Clause, wide: Part): boolean {
  return narrow.kind === 'category' && wide.kind === 'category' && narrow.name.startsWith(`${wide.name}.`);
}
