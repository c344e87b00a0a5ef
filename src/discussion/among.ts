/** Of which papers something is asked, in SQL. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

/** Papers by their ids: some, or all beyond `after` up to and including `upTo`, which is one range of an index. */
export type Papers = { ids: readonly PaperId[] } | { after: PaperId; upTo: PaperId };

/** On a table with the column `paper_id`. */
export function among(db: Db, papers: Papers): RawBuilder<boolean> {
  if ('upTo' in papers) return sql<boolean>`paper_id > ${papers.after} and paper_id <= ${papers.upTo}`;
  return inList(dialectOf(db), 'paper_id', papers.ids);
}
