/** What a moderator sees around a comment: its earlier texts, what it answers, who wrote it, and how it was with them before. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { toPublicUser } from '#accounts/store.ts';
import type { PublicUser } from '#accounts/user.ts';
import { jsonRows } from '#platform/db/rows.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Db } from '#schema.ts';
import type { Revision } from '../revisions.ts';
import type { CommentTable, ModerationAction } from '../table.ts';

export interface AroundComment {
  /** Who wrote it, also where the account was deleted. */
  author: PublicUser | undefined;
  /** All that it said before it was edited, the newest first. */
  revisions: Revision[];
  /** What it answers; undefined where it began a thread. */
  answers: AnsweredComment | undefined;
  record: PersonRecord;
}

export interface AnsweredComment {
  id: string;
  state: 'shown' | 'deleted' | 'hidden';
  /** Markdown; empty once deleted. */
  body: string;
  author: Pick<PublicUser, 'name' | 'deletedAt'> | undefined;
}

/** What there was with somebody besides the comment that is looked at. */
export interface PersonRecord {
  /** Comments of theirs that were not deleted, the one that is looked at included. */
  written: number;
  /** Of their other comments: how many were reported, and how often in all. */
  reported: number;
  reports: number;
  /** How often each of these was decided about them or their other comments. */
  deeds: ReadonlyMap<ModerationAction, number>;
  /** The last of these decisions, at an instant in epoch milliseconds. */
  last: { action: ModerationAction; at: number; reason: string } | undefined;
}

type AuthorRow = Parameters<typeof toPublicUser>[0];

/** One query. */
export async function findAround(db: Db, comment: CommentTable): Promise<AroundComment> {
  const row = await db
    .selectFrom('comments')
    .leftJoin('users as author', 'author.id', 'comments.user_id')
    .leftJoin('comments as above', (join) =>
      join.on('comments.is_reply', '=', 1).on('above.id', '=', sql`coalesce(comments.reply_to, comments.thread_id)`),
    )
    .leftJoin('users as above_author', 'above_author.id', 'above.user_id')
    .select(['author.id', 'author.name', 'author.full_name', 'author.role'])
    .select(['author.created_at', 'author.banned_at', 'author.deleted_at'])
    .select(['above.id as above_id', 'above.body as above_body'])
    .select(['above.hidden_at as above_hidden_at', 'above.deleted_at as above_deleted_at'])
    .select(['above_author.name as above_name', 'above_author.deleted_at as above_left_at'])
    .select(besides(db, comment))
    .where('comments.id', '=', comment.id)
    .executeTakeFirstOrThrow();
  const [reports, reported, written] = JSON.parse(row.counts)[0] as [number, number, number];
  const [last] = JSON.parse(row.last) as [ModerationAction, number, string][];
  return {
    author: row.id === null ? undefined : toPublicUser(row as AuthorRow),
    revisions: (JSON.parse(row.revisions) as [number, string, number][])
      .map(([number, body, writtenAt]) => ({ number, body, writtenAt }))
      .toSorted((a, b) => b.number - a.number),
    answers: row.above_id === null ? undefined : toAnswered(row, row.above_id),
    record: {
      written,
      reported,
      reports,
      deeds: new Map(JSON.parse(row.deeds) as [ModerationAction, number][]),
      last: last && { action: last[0], at: last[1], reason: last[2] },
    },
  };
}

/** What is many rows or a number, in SQL. */
function besides(db: Db, { id, user_id: userId }: CommentTable) {
  const dialect = dialectOf(db);
  const deeds = deedsAbout(userId, id);
  const own = sql`from comments as own join reports on reports.kind = 'comment' and reports.target_id = own.id
    where own.user_id = ${userId} and own.id <> ${id}`;
  return [
    jsonRows(
      dialect,
      ['number', 'body', 'written_at'],
      sql`select number, body, written_at from comment_revisions where comment_id = ${id}`,
    ).as('revisions'),
    jsonRows(
      dialect,
      ['reports', 'reported', 'written'],
      sql`select (select count(*) ${own}) as reports, (select count(distinct own.id) ${own}) as reported,
        (select count(*) from comments as own where own.user_id = ${userId} and own.deleted_at is null) as written`,
    ).as('counts'),
    jsonRows(
      dialect,
      ['action', 'times'],
      sql`select action, count(*) as times from (${deeds}) as deeds group by action`,
    ).as('deeds'),
    jsonRows(
      dialect,
      ['action', 'at', 'reason'],
      sql`select action, at, reason from (${deeds}) as deeds order by number desc limit 1`,
    ).as('last'),
  ] as const;
}

/** What was decided about somebody and about their comments, but for one of them. What they may do is no such thing. */
function deedsAbout(userId: string, exceptId: string): RawBuilder<unknown> {
  return sql`select number, action, at, reason from moderation_log
      where kind = 'account' and target_id = ${userId} and action in ('ban', 'unban')
    union all
    select log.number, log.action, log.at, log.reason from comments as own
      join moderation_log as log on log.target_id = own.id and log.kind = 'comment'
      where own.user_id = ${userId} and own.id <> ${exceptId}`;
}

interface AnsweredRow {
  above_body: string | null;
  above_hidden_at: number | null;
  above_deleted_at: number | null;
  above_name: string | null;
  above_left_at: number | null;
}

function toAnswered(row: AnsweredRow, id: string): AnsweredComment {
  return {
    id,
    state: row.above_deleted_at !== null ? 'deleted' : row.above_hidden_at !== null ? 'hidden' : 'shown',
    body: row.above_body ?? '',
    author: row.above_name === null ? undefined : { name: row.above_name, deletedAt: row.above_left_at },
  };
}
