/** Of which papers something is asked, in SQL. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

/** Papers by their ids: some, or all beyond `after` up to and including `upTo`, which is one range of an index. */
export type Papers = { ids: readonly PaperId[] } | { after: PaperId; upTo: PaperId };

/** On a table with the column `paper_id`, or another one that is named. */
export function among(db: Db, papers: Papers, column = 'paper_id'): RawBuilder<boolean> {
  if ('ids' in papers) return inList(dialectOf(db), column, papers.ids);
  return sql<boolean>`${sql.ref(column)} > ${papers.after} and ${sql.ref(column)} <= ${papers.upTo}`;
}
