/** The indexes know papers by their row numbers, everybody else by their ids. */

import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { numbers } from '#search/numbers.ts';

export async function idsOf(db: Db, seqs: readonly number[]): Promise<Map<number, PaperId>> {
  if (seqs.length === 0) return new Map();
  const rows = await db.selectFrom('papers').select(['seq', 'id']).where('seq', 'in', numbers(db, seqs)).execute();
  return new Map(rows.map(({ seq, id }) => [seq, id]));
}
