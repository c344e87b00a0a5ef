/** Which papers a query allows: its operators, phrases and exclusions, all of them exact. */

import { setImmediate } from 'node:timers/promises';
import type { Db } from '#schema.ts';
import type { Accepted } from './accepted.ts';
import { everyPaper } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { isOfCatalog, papersWith } from './catalog-conditions.ts';
import type { CatalogClause, CatalogCondition } from './catalog-conditions.ts';
import type { LexicalIndex } from './lexical/lexical-index.ts';
import { mostHolders, seqsWithAuthor, seqsWithPhrase } from './lexical/phrases.ts';
import { seqsOfOrganizations } from './organizations.ts';
import type { Clause, Part, Query } from './query/query.ts';

export interface Indexes {
  lexical: LexicalIndex;
  catalog: Catalog;
}

/** Conditions after which others have a turn: one that asks for stop words side by side takes some 5 ms. */
const AT_ONCE = 4;

/** Undefined where the query allows every paper. */
export async function acceptedBy(db: Db, indexes: Indexes, { parts }: Query): Promise<Accepted | undefined> {
  const ofCatalog = parts.flatMap((part): CatalogCondition[] => {
    const clause = part.kind === 'not' ? part.part : part;
    return isOfCatalog(clause) ? [{ clause, isWanted: part.kind !== 'not' }] : [];
  });
  let accepted = ofCatalog.length > 0 ? papersWith(indexes.catalog, ofCatalog) : undefined;
  let looked = 0;
  // The cheap ones first, and those that leave few: a phrase then reads only what they have left.
  for (const { part, clause } of inOrder(indexes, parts)) {
    if (accepted?.includes(1) === false) return accepted;
    if (++looked % AT_ONCE === 0) await setImmediate();
    const fulfilling = await fulfil(db, indexes.lexical, clause, accepted);
    if (fulfilling === undefined) continue;
    if (part.kind === 'not') accepted = without(accepted ?? everyPaper(indexes.catalog), fulfilling);
    else accepted = within(accepted, fulfilling, indexes.catalog.end);
  }
  return accepted;
}

/** What the catalog does not tell. */
type OtherClause = Exclude<Clause, CatalogClause> | { kind: 'word'; text: string };

interface Condition {
  part: Part;
  clause: OtherClause;
}

function inOrder({ lexical }: Indexes, parts: readonly Part[]): Condition[] {
  return parts
    .flatMap((part): (Condition & { cost: number; left: number })[] => {
      if (part.kind === 'word') return [];
      const clause = part.kind === 'not' ? part.part : part;
      if (isOfCatalog(clause)) return [];
      const cost = clause.kind === 'phrase' ? 2 : clause.kind === 'author' ? 1 : 0;
      const text = clause.kind === 'phrase' ? clause.text : '';
      return [{ part, clause, cost, left: part.kind === 'not' ? Infinity : mostHolders(lexical, text) }];
    })
    .toSorted((a, b) => a.cost - b.cost || (a.left === b.left ? 0 : a.left - b.left));
}

/** Changes `among`. */
function without(among: Accepted, seqs: ArrayLike<number>): Accepted {
  for (let at = 0; at < seqs.length; at++) among[seqs[at] as number] = 0;
  return among;
}

function within(among: Accepted | undefined, seqs: ArrayLike<number>, end: number): Accepted {
  const left = new Uint8Array(end);
  for (let at = 0; at < seqs.length; at++) {
    const seq = seqs[at] as number;
    if (seq < end) left[seq] = among === undefined ? 1 : (among[seq] ?? 0);
  }
  return left;
}

/**
 * `papers.seq` of at least those of `among` (by default of all) that fulfil the clause; undefined if it asks for nothing,
 * as marks alone do (`"…"`).
 */
async function fulfil(
  db: Db,
  lexical: LexicalIndex,
  clause: OtherClause,
  among: Accepted | undefined,
): Promise<ArrayLike<number> | undefined> {
  switch (clause.kind) {
    case 'word':
    case 'phrase':
      return seqsWithPhrase(lexical, clause.text, among);
    case 'author':
      return seqsWithAuthor(lexical, clause.name, among);
    case 'organization':
      return await seqsOfOrganizations(db, clause.name);
  }
}

export function seqsIn(accepted: Accepted): number[] {
  const seqs: number[] = [];
  for (let seq = 0; seq < accepted.length; seq++) if (accepted[seq] === 1) seqs.push(seq);
  return seqs;
}
