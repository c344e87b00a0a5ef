/** What can be told of a query without asking the papers: that none can ever fulfil it, and why. */

import type { Day } from '#platform/day.ts';
import { tokenize } from '../tokens.ts';
import { printRange } from './periods.ts';
import { printPart } from './print.ts';
import type { Part, Query } from './query.ts';

/** Whether some paper, here or to come, may be found by it: without words, conditions or an order there is none. */
export function canMatch(query: Query): boolean {
  if (contradictionIn(query) !== undefined) return false;
  return (
    query.sort !== 'relevance' || query.parts.some((part) => part.kind !== 'word' || tokenize(part.text).length > 0)
  );
}

/** A sentence about the conditions that exclude each other. */
export function contradictionIn({ parts }: Query): string | undefined {
  return datesApart(parts) ?? oppositesIn(parts);
}

function datesApart(parts: readonly Part[]): string | undefined {
  let [latest, earliest]: (Day | undefined)[] = [];
  for (const part of parts) {
    if (part.kind !== 'published') continue;
    if (part.from !== undefined && (latest === undefined || part.from > latest)) latest = part.from;
    if (part.to !== undefined && (earliest === undefined || part.to < earliest)) earliest = part.to;
  }
  if (latest === undefined || earliest === undefined || latest <= earliest) return undefined;
  return `No day is in both ${printRange(latest, undefined)} and ${printRange(undefined, earliest)}.`;
}

/** Exclusions of words that are looked for, as they are printed: `-lora` where `lora` is. */
export function ownExclusions({ parts }: Query): string[] {
  const words = new Set(parts.flatMap((part) => (part.kind === 'word' ? [part.text.toLowerCase()] : [])));
  return parts
    .filter((part) => part.kind === 'not' && part.part.kind === 'word' && words.has(part.part.text.toLowerCase()))
    .map(printPart);
}

/** Words are not required, so they exclude nothing but papers that rank. */
function oppositesIn(parts: readonly Part[]): string | undefined {
  const wanted = new Set(parts.filter(({ kind }) => kind !== 'word').map(printPart));
  for (const part of parts) {
    if (part.kind !== 'not' || !wanted.has(printPart(part.part))) continue;
    return `${printPart(part.part)} and ${printPart(part)} exclude each other.`;
  }
  return undefined;
}
