/** Which papers fulfil conditions that the catalog tells: all of them in one look at each paper. Pure. */

import type { Accepted } from './accepted.ts';
import { dayNumber } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import type { Clause } from './query/query.ts';

export type CatalogClause = Extract<Clause, { kind: 'category' | 'published' | 'code' }>;

export interface CatalogCondition {
  clause: CatalogClause;
  /** Whether the papers are those that fulfil the clause, or the others. */
  isWanted: boolean;
}

export function isOfCatalog(clause: { kind: string }): clause is CatalogClause {
  return clause.kind === 'category' || clause.kind === 'published' || clause.kind === 'code';
}

export function papersWith(catalog: Catalog, conditions: readonly CatalogCondition[]): Accepted {
  const { days, categories, code, end } = catalog;
  const byCombination = combinationsWith(catalog, conditions);
  const { first, last, without } = daysWith(conditions);
  const [mustHave, mustLack] = [true, false].map((wanted) =>
    conditions.some(({ clause, isWanted }) => clause.kind === 'code' && isWanted === wanted),
  );
  const accepted = new Uint8Array(end);
  for (let seq = 0; seq < end; seq++) {
    const day = days[seq] as number;
    if (day < first || day > last || byCombination[categories[seq] as number] === 0) continue;
    if (code[seq] === 1 ? mustLack : mustHave) continue;
    if (without.length === 0 || !without.some((period) => day >= period.first && day <= period.last)) accepted[seq] = 1;
  }
  return accepted;
}

/** By combination of categories: 0 for those that some condition rules out. */
function combinationsWith({ names, combinations }: Catalog, conditions: readonly CatalogCondition[]): Uint8Array {
  const allowed = new Uint8Array(combinations.length).fill(1);
  for (const { clause, isWanted } of conditions) {
    if (clause.kind !== 'category') continue;
    const wanted = clause.name.toLowerCase();
    const isIn = names.map((one) => isWithin(one, wanted));
    // Most categories that are typed exist; one that does not rules out all papers or none.
    if (!isIn.includes(true)) {
      if (isWanted) allowed.fill(0);
      continue;
    }
    for (let at = 0; at < combinations.length; at++) {
      if (allowed[at] === 1 && holds(combinations[at] as number[], isIn) !== isWanted) allowed[at] = 0;
    }
  }
  return allowed;
}

function holds(combination: readonly number[], isIn: readonly boolean[]): boolean {
  for (const name of combination) if (isIn[name] === true) return true;
  return false;
}

/** `name` is a category (`cs.LG`) or an archive (`cs`), in any case. */
function isWithin(category: string, wanted: string): boolean {
  const lower = category.toLowerCase();
  return lower === wanted || (lower.startsWith(wanted) && lower[wanted.length] === '.');
}

interface Period {
  first: number;
  last: number;
}

/** In the catalog's numbers of days; a place where no paper is has day 0, which is in no period. */
function daysWith(conditions: readonly CatalogCondition[]): Period & { without: Period[] } {
  const all = { first: 1, last: Infinity, without: [] as Period[] };
  for (const { clause, isWanted } of conditions) {
    if (clause.kind !== 'published') continue;
    const first = clause.from === undefined ? 1 : dayNumber(clause.from);
    const last = clause.to === undefined ? Infinity : dayNumber(clause.to);
    if (!isWanted) all.without.push({ first, last });
    else {
      all.first = Math.max(all.first, first);
      all.last = Math.min(all.last, last);
    }
  }
  return all;
}
