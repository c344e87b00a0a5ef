/** The indexes know papers by their row numbers, everybody else by their ids. */

import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { inNumbers } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';

export async function idsOf(db: Db, seqs: readonly number[]): Promise<Map<number, PaperId>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .selectFrom('papers')
    .select(['seq', 'id'])
    .where(inNumbers(dialectOf(db), 'seq', seqs))
    .execute();
  return new Map(rows.map(({ seq, id }) => [seq, id]));
}
