/** Who voted for a paper, the newest first; whoever is banned is left out, as in the count. */

import { sql } from 'kysely';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { toPerson } from './comment-rows.ts';
import type { Person } from './comment-view.ts';

export interface Voter {
  person: Person;
  votedAt: number;
}

const VOTERS_A_PAGE = 200;

/** `after`: id of the last person of the page before; of one who did not vote, nobody follows. One query. */
export async function listVoters(
  db: Db,
  paperId: PaperId,
  after?: string,
  limit = VOTERS_A_PAGE,
): Promise<{ items: Voter[]; next: string | undefined }> {
  let query = db
    .selectFrom('upvotes')
    .leftJoin('users', 'users.id', 'upvotes.user_id')
    .select(['upvotes.user_id', 'upvotes.voted_at', 'users.name', 'users.full_name', 'users.deleted_at'])
    .where('upvotes.paper_id', '=', paperId)
    .where('upvotes.withdrawn_at', 'is', null)
    .where('users.banned_at', 'is', null)
    .orderBy('upvotes.voted_at', 'desc')
    .orderBy('upvotes.user_id')
    .limit(limit + 1);
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`exists (select 1 from upvotes as mark where mark.paper_id = ${paperId} and mark.user_id = ${after}
        and (upvotes.voted_at < mark.voted_at or upvotes.voted_at = mark.voted_at and upvotes.user_id > mark.user_id))`,
    );
  }
  const rows = await query.execute();
  const items = rows.slice(0, limit);
  return {
    items: items.map((row) => ({
      person: toPerson(row.user_id, row.name, row.full_name, row.deleted_at),
      votedAt: row.voted_at,
    })),
    next: rows.length > limit ? items.at(-1)?.user_id : undefined,
  };
}
