/** Which papers a query allows: its operators, phrases and exclusions, all of them exact. */

import type { Db } from '#schema.ts';
import type { Accepted } from './accepted.ts';
import { everyPaper, inCategory, publishedWithin, withCode } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import type { LexicalIndex } from './lexical/lexical-index.ts';
import { seqsWithAuthor, seqsWithPhrase } from './lexical/phrases.ts';
import { seqsOfOrganizations } from './organizations.ts';
import type { Clause, Part, Query } from './query/query.ts';

export interface Indexes {
  lexical: LexicalIndex;
  catalog: Catalog;
}

/** Undefined where the query allows every paper. */
export async function acceptedBy(db: Db, indexes: Indexes, { parts }: Query): Promise<Accepted | undefined> {
  let accepted: Accepted | undefined;
  // The cheap ones first: a phrase then reads only what they have left.
  for (const part of parts.toSorted((a, b) => costOf(a) - costOf(b))) {
    if (part.kind === 'word') continue;
    const clause = part.kind === 'not' ? part.part : part;
    const fulfilling = await fulfil(db, indexes, clause, accepted);
    if (fulfilling === undefined) continue;
    if (part.kind !== 'not' && accepted === undefined) accepted = fulfilling;
    else accepted = narrowed(accepted ?? everyPaper(indexes.catalog), fulfilling, part.kind === 'not' ? 0 : 1);
  }
  return accepted;
}

/** Changes `among`. */
function narrowed(among: Accepted, fulfilling: Accepted, wanted: 0 | 1): Accepted {
  for (let seq = 0; seq < among.length; seq++) if (fulfilling[seq] !== wanted) among[seq] = 0;
  return among;
}

function costOf(part: Part): number {
  const clause = part.kind === 'not' ? part.part : part;
  return clause.kind === 'phrase' ? 2 : clause.kind === 'author' ? 1 : 0;
}

/**
 * At least those of `among` (by default of all) that fulfil the clause; undefined if it asks for nothing, as marks alone
 * do (`"…"`).
 */
async function fulfil(
  db: Db,
  { lexical, catalog }: Indexes,
  clause: Clause | { kind: 'word'; text: string },
  among: Accepted | undefined,
): Promise<Accepted | undefined> {
  switch (clause.kind) {
    case 'word':
    case 'phrase':
      return toAccepted(seqsWithPhrase(lexical, clause.text, among), catalog.end);
    case 'author':
      return toAccepted(seqsWithAuthor(lexical, clause.name, among), catalog.end);
    case 'category':
      return inCategory(catalog, clause.name);
    case 'organization':
      return toAccepted(await seqsOfOrganizations(db, clause.name), catalog.end);
    case 'published':
      return publishedWithin(catalog, clause.from, clause.to);
    case 'code':
      return withCode(catalog);
  }
}

export function seqsIn(accepted: Accepted): number[] {
  const seqs: number[] = [];
  for (let seq = 0; seq < accepted.length; seq++) if (accepted[seq] === 1) seqs.push(seq);
  return seqs;
}

function toAccepted(seqs: ArrayLike<number>, end: number): Accepted;
function toAccepted(seqs: ArrayLike<number> | undefined, end: number): Accepted | undefined;
function toAccepted(seqs: ArrayLike<number> | undefined, end: number): Accepted | undefined {
  if (seqs === undefined) return undefined;
  const accepted = new Uint8Array(end);
  for (let at = 0; at < seqs.length; at++) {
    const seq = seqs[at] as number;
    if (seq < end) accepted[seq] = 1;
  }
  return accepted;
}
