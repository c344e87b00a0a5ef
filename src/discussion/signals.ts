/** Who did what with a paper, and when: what rankings are made of. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { among } from './among.ts';
import type { Papers } from './among.ts';
import { BANNED } from './tally-store.ts';

/** How votes are added up. */
export interface Fading {
  /** After so many ms a vote weighs half. */
  halfLife: number;
  /** So old, in ms, an account is one like all others; votes of younger ones are not added up but listed. */
  establishedAfter: number;
}

/** Votes of many, added up: each one, halved for every half-life between it and `at`. */
export interface Sum {
  people: number;
  votes: number;
  /** Epoch ms to which the votes have faded. */
  at: number;
  /** Epoch ms of the last of them. */
  newest: number;
}

/** Somebody who has to be looked at: who commented, or whose account was young. */
export interface Somebody {
  /** Epoch ms of the first thing that they did. */
  at: number;
  voted: boolean;
  /** Epoch ms. */
  accountMadeAt: number;
}

/**
 * Everybody who did something with a paper once, but for its submitter and those who are banned or have
 * left. A vote that was taken back
 * and cast anew counts from its first time; neither withdrawn votes nor deleted and hidden comments do.
 */
export interface Signals {
  paperId: PaperId;
  sum: Sum | undefined;
  others: Somebody[];
}

interface Row {
  paperId: PaperId;
  people: number;
  votes: number | null;
  at: number | null;
  newest: number | null;
  /** JSON: `[[at, 0 or 1, made at], …]` */
  others: string;
}

/** 2 to the power of less is no number in PostgreSQL, and nothing beside a vote. */
const FADED_AWAY = -1_000;

/**
 * Papers with a tally; at most two for each, in any order: of its voters, and of those who commented without voting, or
 * before. One query, in which the database adds up: of a million votes nothing else is handed out.
 * `asOf`: to when votes have faded, epoch ms; by default the paper's last vote.
 */
export async function listSignals(db: Db, papers: Papers, fading: Fading, asOf?: number): Promise<Signals[]> {
  const at = asOf === undefined ? sql`t.last_vote_at` : sql`cast(${asOf} as bigint)`;
  const established = sql`u.voted_at - u.account_made_at >= ${sql.lit(fading.establishedAfter)}`;
  const halvings = sql`cast(u.voted_at - ${at} as double precision) / ${sql.lit(fading.halfLife)}`;
  const { rows } = await sql<Row>`
    with commented as materialized (${commenters(db, papers)}),
      early as materialized (select paper_id, user_id from commented where voted = 1)
    select t.paper_id as "paperId", count(*) filter (where ${established}) as people,
      sum(case when ${halvings} > ${sql.lit(FADED_AWAY)} then power(cast(2 as double precision), ${halvings}) else 0 end)
        filter (where ${established}) as votes,
      max(${at}) as at, max(u.voted_at) filter (where ${established}) as newest,
      ${list(db, sql`u.voted_at, 1, u.account_made_at`, sql`filter (where not (${established}))`)} as others
    from paper_tallies as t
    left join submissions as s on s.paper_id = t.paper_id
    inner join upvotes as u on u.paper_id = t.paper_id
    left join early on early.paper_id = u.paper_id and early.user_id = u.user_id
    where ${among(db, papers, 't.paper_id')} and ${among(db, papers, 'u.paper_id')} and u.withdrawn_at is null
      and early.user_id is null and (s.user_id is null or s.user_id <> u.user_id) and u.user_id not in (${BANNED})
    group by t.paper_id
    union all
    select paper_id, 0, null, null, null, ${list(db, sql`first_at, voted, account_made_at`)}
    from commented group by paper_id`.execute(db);
  return rows.map(toSignals);
}

/** Who commented, unless they had voted before: those count as voters, from their vote on. */
function commenters(db: Db, papers: Papers): RawBuilder<unknown> {
  return sql`
    select said.paper_id, said.user_id, said.first_at, users.created_at as account_made_at,
      case when u.user_id is null then 0 else 1 end as voted
    from (select paper_id, user_id, min(created_at) as first_at from comments
      where deleted_at is null and hidden_at is null and ${among(db, papers)} group by paper_id, user_id) as said
    inner join users on users.id = said.user_id and users.banned_at is null and users.deleted_at is null
    left join submissions as s on s.paper_id = said.paper_id
    left join upvotes as u on u.paper_id = said.paper_id and u.user_id = said.user_id and u.withdrawn_at is null
    where (s.user_id is null or s.user_id <> said.user_id) and (u.user_id is null or u.voted_at > said.first_at)`;
}

function list(db: Db, values: RawBuilder<unknown>, filter = sql``): RawBuilder<string> {
  return dialectOf(db) === 'sqlite'
    ? sql`json_group_array(json_array(${values})) ${filter}`
    : sql`coalesce(cast(json_agg(json_build_array(${values})) ${filter} as text), '[]')`;
}

function toSignals({ paperId, people, votes, at, newest, others }: Row): Signals {
  const sum = people === 0 ? undefined : { people, votes: votes ?? 0, at: at ?? 0, newest: newest ?? 0 };
  return { paperId, sum, others: others === '[]' ? [] : (JSON.parse(others) as Listed[]).map(toSomebody) };
}

type Listed = [at: number, voted: 0 | 1, accountMadeAt: number];

function toSomebody([at, voted, accountMadeAt]: Listed): Somebody {
  return { at, voted: voted === 1, accountMadeAt };
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
