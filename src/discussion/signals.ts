/** Who did what with a paper, and when: what rankings are made of. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { among } from './among.ts';
import type { Papers } from './among.ts';

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
export async function listSignals(db: Db, papers: Papers): Promise<Signals[]> {
  const { rows } = await sql<Row>`
    select paper_id as "paperId", 'vote' as kind, ${list(db, 'user_id')} as people, ${list(db, 'voted_at')} as times
    from upvotes where withdrawn_at is null and ${among(db, papers)} group by paper_id
    union all ${commenters(db, papers)}`.execute(db);
  return rows.map(toSignals);
}

/** As `listSignals`, of one paper and without its votes. One query. */
export async function listCommenters(db: Db, paperId: PaperId): Promise<Signals[]> {
  const { rows } = await commenters(db, { ids: [paperId] }).execute(db);
  return rows.map(toSignals);
}

/**
 * A part of a paper's votes, for papers that have too many to read at once: by the voters' ids, beyond `after`, which is
 * the last one of the part before. Nobody in it: there are no more. One index range.
 */
export async function listVotes(db: Db, paperId: PaperId, limit: number, after = ''): Promise<Signals> {
  const { rows } = await sql<Row>`
    select ${list(db, 'user_id')} as people, ${list(db, 'voted_at')} as times from (
      select user_id, voted_at from upvotes
      where paper_id = ${paperId} and user_id > ${after} and withdrawn_at is null
      order by user_id limit ${limit}) as part`.execute(db);
  const [row] = rows;
  const { people, times } = toSignals({
    paperId,
    kind: 'vote',
    people: row?.people ?? '[]',
    times: row?.times ?? '[]',
  });
  return { paperId, kind: 'vote', people, times };
}

function commenters(db: Db, papers: Papers) {
  return sql<Row>`
    select paper_id as "paperId", 'comment' as kind, ${list(db, 'user_id')} as people, ${list(db, 'first_at')} as times from (
      select paper_id, user_id, min(created_at) as first_at
      from comments where deleted_at is null and hidden_at is null and ${among(db, papers)}
      group by paper_id, user_id) as commented
    group by paper_id`;
}

function list(db: Db, column: string) {
  return dialectOf(db) === 'sqlite'
    ? sql`json_group_array(${sql.ref(column)})`
    : sql`cast(json_agg(${sql.ref(column)}) as text)`;
}

function toSignals({ paperId, kind, people, times }: Row): Signals {
  return { paperId, kind, people: JSON.parse(people) as string[], times: JSON.parse(times) as number[] };
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

/** The same, the last time first: before `before`, which is the last one of the page before. One index range. */
export async function listLastChanged(db: Db, since: number, limit: number, before?: Changed): Promise<Changed[]> {
  let query = db
    .selectFrom('paper_tallies')
    .select(['paper_id as paperId', 'changed_at as changedAt'])
    .where('changed_at', '>=', since)
    .orderBy('changed_at', 'desc')
    .orderBy('paper_id', 'desc')
    .limit(limit);
  if (before) query = query.where(sql<boolean>`(changed_at, paper_id) < (${before.changedAt}, ${before.paperId})`);
  return await query.execute();
}
