/** Who did what with a paper, and when: what rankings are made of. */

import { sql } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

export interface Signal {
  paperId: PaperId;
  kind: 'vote' | 'comment';
  userId: string;
  /** Of a person's comments on the paper the first; a vote that was taken back and cast anew counts from its first time. */
  at: number;
}

/** One row for each person, paper and kind. Neither withdrawn, deleted nor hidden. One query. */
export async function listSignals(db: Db, paperIds: readonly PaperId[]): Promise<Signal[]> {
  if (paperIds.length === 0) return [];
  const wanted = inList(dialectOf(db), 'paper_id', paperIds);
  const { rows } = await sql<Signal>`
    select paper_id as "paperId", 'vote' as kind, user_id as "userId", voted_at as at
    from upvotes where withdrawn_at is null and ${wanted}
    union all
    select paper_id, 'comment', user_id, min(created_at)
    from comments where deleted_at is null and hidden_at is null and ${wanted}
    group by paper_id, user_id`.execute(db);
  return rows;
}

/** Papers on which somebody voted or commented since (inclusive), in the order of the last time. One index range. */
export async function listChangedSince(
  db: Db,
  since: number,
  limit: number,
): Promise<{ paperId: PaperId; changedAt: number }[]> {
  return await db
    .selectFrom('paper_tallies')
    .select(['paper_id as paperId', 'changed_at as changedAt'])
    .where('changed_at', '>=', since)
    .orderBy('changed_at')
    .orderBy('paper_id')
    .limit(limit)
    .execute();
}
