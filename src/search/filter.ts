/** Which papers a query allows: its operators, phrases and exclusions, all of them exact. */

import type { Db } from '#schema.ts';
import type { Accepted } from './accepted.ts';
import { everyPaper, inCategory, publishedWithin, withCode } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import type { LexicalIndex } from './lexical/lexical-index.ts';
import { mostHolders, seqsWithAuthor, seqsWithPhrase } from './lexical/phrases.ts';
import { seqsOfOrganizations } from './organizations.ts';
import type { Clause, Part, Query } from './query/query.ts';

export interface Indexes {
  lexical: LexicalIndex;
  catalog: Catalog;
}

/** Undefined where the query allows every paper. */
export async function acceptedBy(db: Db, indexes: Indexes, { parts }: Query): Promise<Accepted | undefined> {
  let accepted: Accepted | undefined;
  // The cheap ones first, and those that leave few: a phrase then reads only what they have left.
  for (const { part, clause } of inOrder(indexes, parts)) {
    const fulfilling = await fulfil(db, indexes, clause, accepted);
    if (fulfilling === undefined) continue;
    if (part.kind === 'not') accepted = without(accepted ?? everyPaper(indexes.catalog), fulfilling);
    else accepted = within(accepted, fulfilling, indexes.catalog.end);
  }
  return accepted;
}

interface Condition {
  part: Part;
  clause: Clause | { kind: 'word'; text: string };
}

function inOrder({ lexical }: Indexes, parts: readonly Part[]): Condition[] {
  return parts
    .flatMap((part): (Condition & { cost: number; left: number })[] => {
      if (part.kind === 'word') return [];
      const clause = part.kind === 'not' ? part.part : part;
      const cost = clause.kind === 'phrase' ? 2 : clause.kind === 'author' ? 1 : 0;
      const text = clause.kind === 'phrase' ? clause.text : '';
      return [{ part, clause, cost, left: part.kind === 'not' ? Infinity : mostHolders(lexical, text) }];
    })
    .toSorted((a, b) => a.cost - b.cost || (a.left === b.left ? 0 : a.left - b.left));
}

/** What fulfils a condition: `papers.seq` where they are found one by one, else flags as those of `Accepted`. */
type Fulfilling = { seqs: ArrayLike<number> } | { flags: Accepted };

/** Changes `among`. */
function without(among: Accepted, fulfilling: Fulfilling): Accepted {
  if ('seqs' in fulfilling) {
    const { seqs } = fulfilling;
    for (let at = 0; at < seqs.length; at++) among[seqs[at] as number] = 0;
    return among;
  }
  const { flags } = fulfilling;
  for (let seq = 0; seq < among.length; seq++) if (flags[seq] === 1) among[seq] = 0;
  return among;
}

/** Changes `among`, if any. */
function within(among: Accepted | undefined, fulfilling: Fulfilling, end: number): Accepted {
  if ('flags' in fulfilling) {
    const { flags } = fulfilling;
    if (among === undefined) return flags;
    for (let seq = 0; seq < among.length; seq++) if (flags[seq] !== 1) among[seq] = 0;
    return among;
  }
  const { seqs } = fulfilling;
  const left = new Uint8Array(end);
  for (let at = 0; at < seqs.length; at++) {
    const seq = seqs[at] as number;
    if (seq < end) left[seq] = among === undefined ? 1 : (among[seq] ?? 0);
  }
  return left;
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
): Promise<Fulfilling | undefined> {
  switch (clause.kind) {
    case 'word':
    case 'phrase':
      return listed(seqsWithPhrase(lexical, clause.text, among));
    case 'author':
      return listed(seqsWithAuthor(lexical, clause.name, among));
    case 'category':
      return { flags: inCategory(catalog, clause.name) };
    case 'organization':
      return { seqs: await seqsOfOrganizations(db, clause.name) };
    case 'published':
      return { flags: publishedWithin(catalog, clause.from, clause.to) };
    case 'code':
      return { flags: withCode(catalog) };
  }
}

export function seqsIn(accepted: Accepted): number[] {
  const seqs: number[] = [];
  for (let seq = 0; seq < accepted.length; seq++) if (accepted[seq] === 1) seqs.push(seq);
  return seqs;
}

function listed(seqs: ArrayLike<number> | undefined): Fulfilling | undefined {
  return seqs && { seqs };
}
