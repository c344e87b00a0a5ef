/** Which papers a query allows: its operators, phrases and exclusions, all of them exact. */

import type { Db } from '#schema.ts';
import type { Accepted } from './accepted.ts';
import { everyPaper, inCategory, publishedWithin, withCode } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { findTerms } from './entries.ts';
import { holdersOf } from './lexical/holders.ts';
import type { LexicalIndex } from './lexical/lexical-index.ts';
import { authorOf, phraseOf } from './lexical/phrases.ts';
import type { Phrase } from './lexical/phrases.ts';
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
    const among: Accepted = accepted ?? everyPaper(indexes.catalog);
    const clause = part.kind === 'not' ? part.part : part;
    const fulfilling = await fulfil(db, indexes, clause, among);
    if (fulfilling === undefined) continue;
    const wanted = part.kind === 'not' ? 0 : 1;
    for (let seq = 0; seq < among.length; seq++) if ((fulfilling[seq] ?? 0) !== wanted) among[seq] = 0;
    accepted = among;
  }
  return accepted;
}

function costOf(part: Part): number {
  const clause = part.kind === 'not' ? part.part : part;
  return clause.kind === 'phrase' ? 2 : clause.kind === 'author' ? 1 : 0;
}

/** At least those of `among` that fulfil the clause; undefined if it asks for nothing, as marks alone do (`"…"`). */
async function fulfil(
  db: Db,
  indexes: Indexes,
  clause: Clause | { kind: 'word'; text: string },
  among: Accepted,
): Promise<Accepted | undefined> {
  switch (clause.kind) {
    case 'word':
    case 'phrase':
      return await havingPhrase(db, indexes, phraseOf(clause.text), among);
    case 'author':
      return await havingPhrase(db, indexes, authorOf(clause.name), among);
    case 'category':
      return inCategory(indexes.catalog, clause.name);
    case 'organization':
      return toAccepted(await seqsOfOrganizations(db, clause.name), indexes.catalog.end);
    case 'published':
      return publishedWithin(indexes.catalog, clause.from, clause.to);
    case 'code':
      return withCode(indexes.catalog);
  }
}

/** Papers read from the database at once, some megabytes. */
const BATCH = 4096;

async function havingPhrase(
  db: Db,
  { lexical, catalog }: Indexes,
  { held, isIn }: Phrase,
  among: Accepted,
): Promise<Accepted | undefined> {
  if (held.length === 0) return undefined;
  const holders = holdersOf(lexical, held, catalog.end);
  if (isIn === undefined) return holders;
  const candidates = seqsIn(holders).filter((seq) => among[seq] === 1);
  const found: number[] = [];
  for (let start = 0; start < candidates.length; start += BATCH) {
    for (const { seq, terms } of await findTerms(db, candidates.slice(start, start + BATCH))) {
      if (isIn(terms)) found.push(seq);
    }
  }
  return toAccepted(found, catalog.end);
}

export function seqsIn(accepted: Accepted): number[] {
  const seqs: number[] = [];
  for (let seq = 0; seq < accepted.length; seq++) if (accepted[seq] === 1) seqs.push(seq);
  return seqs;
}

function toAccepted(seqs: readonly number[], end: number): Accepted {
  const accepted = new Uint8Array(end);
  for (const seq of seqs) if (seq < end) accepted[seq] = 1;
  return accepted;
}
