/** SQL on the gists that language models wrote. */

import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

export interface KeptGist {
  abstractHash: string;
  /** Null where the answer could not be used. */
  text: string | null;
}

export async function findGists(db: Db, source: string, ids: readonly PaperId[]): Promise<Map<PaperId, KeptGist>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('gists')
    .select(['paper_id', 'abstract_hash', 'text'])
    .where('source', '=', source)
    .where(inList(dialectOf(db), 'paper_id', ids))
    .execute();
  return new Map(rows.map((row) => [row.paper_id, { abstractHash: row.abstract_hash, text: row.text }]));
}

export async function keepGist(
  db: Db,
  { paperId, source, abstractHash, text }: KeptGist & { paperId: PaperId; source: string },
  now: number,
): Promise<void> {
  const row = { abstract_hash: abstractHash, text, created_at: now };
  await db
    .insertInto('gists')
    .values({ paper_id: paperId, source, ...row })
    .onConflict((conflict) => conflict.columns(['paper_id', 'source']).doUpdateSet(row))
    .execute();
}

/** Papers of long ago are in no mail any more. */
export async function forgetGists(db: Db, before: number): Promise<void> {
  await db.deleteFrom('gists').where('created_at', '<', before).execute();
}
