/** Who did what with a paper, and when: what rankings are made of. */

import { sql } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

/** Everybody who did one kind of thing with a paper. */
export interface Signals {
  paperId: PaperId;
  kind: 'vote' | 'comment';
  /** `users.id`, each once. */
  people: string[];
  /**
   * Epoch ms, as many: of a person's comments on the paper the first; a vote that was taken back and cast anew counts
   * from its first time.
   */
  times: number[];
}

interface Row {
  paperId: PaperId;
  kind: Signals['kind'];
  people: string;
  times: string;
}

/**
 * At most one for each paper and kind, in any order. Neither withdrawn, deleted nor hidden. One query: a million votes
 * as lists in JSON cost a quarter of what they do as rows.
 */
export async function listSignals(db: Db, paperIds: readonly PaperId[]): Promise<Signals[]> {
  if (paperIds.length === 0) return [];
  const wanted = inList(dialectOf(db), 'paper_id', paperIds);
  const list = (column: string) =>
    dialectOf(db) === 'sqlite'
      ? sql`json_group_array(${sql.ref(column)})`
      : sql`cast(json_agg(${sql.ref(column)}) as text)`;
  const { rows } = await sql<Row>`
    select paper_id as "paperId", 'vote' as kind, ${list('user_id')} as people, ${list('voted_at')} as times
    from upvotes where withdrawn_at is null and ${wanted} group by paper_id
    union all
    select paper_id, 'comment', ${list('user_id')}, ${list('first_at')} from (
      select paper_id, user_id, min(created_at) as first_at
      from comments where deleted_at is null and hidden_at is null and ${wanted}
      group by paper_id, user_id) as commented
    group by paper_id`.execute(db);
  return rows.map(({ paperId, kind, people, times }) => ({
    paperId,
    kind,
    people: JSON.parse(people) as string[],
    times: JSON.parse(times) as number[],
  }));
}

export interface Changed {
  paperId: PaperId;
  changedAt: number;
}

/**
 * Papers on which somebody voted or commented since (inclusive), in the order of the last time; beyond `after`, which
 * is the last one of the page before. One index range.
 */
export async function listChangedSince(db: Db, since: number, limit: number, after?: Changed): Promise<Changed[]> {
  let query = db
    .selectFrom('paper_tallies')
    .select(['paper_id as paperId', 'changed_at as changedAt'])
    .where('changed_at', '>=', since)
    .orderBy('changed_at')
    .orderBy('paper_id')
    .limit(limit);
  if (after) query = query.where(sql<boolean>`(changed_at, paper_id) > (${after.changedAt}, ${after.paperId})`);
  return await query.execute();
}
