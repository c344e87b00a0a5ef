/** SQL on the tallies of papers: recounted by those who write, read by cards. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { inList, textRows } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db, Trx } from '#schema.ts';
import { among } from './among.ts';
import type { Papers } from './among.ts';
import type { PaperTallyTable } from './table.ts';

/**
 * Counts everything anew and returns the votes, those of banned accounts left out. To be called last in a transaction
 * that took its turn (`take-turn.ts`).
 */
export async function recountPaper(trx: Trx, paperId: PaperId, now: number): Promise<number> {
  const one = sql`(select cast(${paperId} as text) as paper_id)`;
  const { rows } = await recount(one, sql<boolean>`paper_id = ${paperId}`, now).execute(trx);
  return rows[0]?.upvotes ?? 0;
}

/** The same for many papers, in one statement, however many. To be called last in a transaction that took all turns. */
export async function recountPapers(trx: Trx, ids: readonly PaperId[], now: number): Promise<void> {
  if (ids.length === 0) return;
  const list = JSON.stringify(ids);
  await recount(textRows(dialectOf(trx), 'paper_id', list), inList(dialectOf(trx), 'paper_id', list), now).execute(trx);
}

/**
 * `papers` is a table with the column `paper_id`, `isOne` a condition for the same papers.
 * `changed_at` is `now`, or later where that would not be after the last time: it tells two counts of one paper apart, and
 * which of them is the newer one, however the clocks of those who counted differ.
 */
function recount(
  papers: RawBuilder<unknown>,
  isOne: RawBuilder<boolean>,
  now: number,
): RawBuilder<{ upvotes: number }> {
  return sql`
    insert into paper_tallies (paper_id, upvotes, comments, commenters, last_vote_at, last_comment_at, changed_at)
    select papers.paper_id, coalesce(votes.people, 0), coalesce(said.comments, 0), coalesce(said.people, 0),
      votes.last, said.last, cast(${now} as bigint)
    from ${papers} as papers
    left join (select paper_id, count(*) as people, max(voted_at) as last from upvotes
      where ${isOne} and withdrawn_at is null and user_id not in (${BANNED}) group by paper_id) as votes
      on votes.paper_id = papers.paper_id
    left join (select paper_id, count(*) as comments, count(distinct user_id) as people, max(created_at) as last
      from comments where ${isOne} and deleted_at is null and hidden_at is null group by paper_id) as said
      on said.paper_id = papers.paper_id
    where true
    on conflict (paper_id) do update set
      upvotes = excluded.upvotes, comments = excluded.comments, commenters = excluded.commenters,
      last_vote_at = excluded.last_vote_at, last_comment_at = excluded.last_comment_at,
      changed_at = case when excluded.changed_at > paper_tallies.changed_at
        then excluded.changed_at else paper_tallies.changed_at + 1 end
    returning upvotes`;
}

/** Few, and in an index of their own. */
export const BANNED = sql`select id from users where banned_at is not null`;

/** Papers whose counts or places depend on what somebody did, in the order of their ids. Not for pages: all of them. */
export async function listPapersOf(trx: Trx, userId: string): Promise<PaperId[]> {
  const voted = trx
    .selectFrom('upvotes')
    .select('paper_id')
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null);
  const said = trx
    .selectFrom('comments')
    .select('paper_id')
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null);
  return (await voted.union(said).orderBy('paper_id').execute()).map((row) => row.paper_id);
}

export async function countUpvotes(db: Db, paperId: PaperId): Promise<number> {
  const row = await db.selectFrom('paper_tallies').select('upvotes').where('paper_id', '=', paperId).executeTakeFirst();
  return row?.upvotes ?? 0;
}

export type Tally = Pick<PaperTallyTable, 'paper_id' | 'upvotes' | 'comments' | 'commenters' | 'changed_at'>;

/** By paper; those on which nobody ever did anything are left out. */
export async function findTallies(db: Db, papers: Papers): Promise<Map<PaperId, Tally>> {
  const rows = await db
    .selectFrom('paper_tallies')
    .select(['paper_id', 'upvotes', 'comments', 'commenters', 'changed_at'])
    .where(among(db, papers))
    .execute();
  return new Map(rows.map((row) => [row.paper_id, row]));
}

/** Where a reading of counts ended. */
export interface CountedTo {
  changedAt: number;
  paperId: PaperId;
}

/** The votes of papers that were counted after `to`, in the order in which they were; at most `limit` of them. */
export async function listCounted(
  db: Db,
  { changedAt, paperId }: CountedTo,
  limit: number,
): Promise<{ seq: number; votes: number; changedAt: number; paperId: PaperId }[]> {
  return await db
    .selectFrom('paper_tallies')
    .innerJoin('papers', 'papers.id', 'paper_id')
    .select(['seq', 'paper_tallies.upvotes as votes', 'changed_at as changedAt', 'paper_id as paperId'])
    .where(sql<boolean>`(changed_at, paper_id) > (${changedAt}, ${paperId})`)
    .orderBy('changed_at')
    .orderBy('paper_id')
    .limit(limit)
    .execute();
}
