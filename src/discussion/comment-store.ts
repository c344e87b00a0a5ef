/** SQL on comments one at a time: what writing, editing, deleting and reacting read and write. */

import { sql } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { selectRows } from '#platform/db/rows.ts';
import type { Db, Trx } from '#schema.ts';
import { bestScore } from './best.ts';
import type { Echo } from './best.ts';
import type { CommentTable } from './table.ts';

export async function findComment(db: Db, id: string): Promise<CommentTable | undefined> {
  return await db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same text by the same person in answer to the same comment, or to none, since then: a form that was sent twice. */
export async function findTwin(trx: Trx, comment: CommentTable, since: number): Promise<string | undefined> {
  let query = trx
    .selectFrom('comments')
    .select('id')
    .where('user_id', '=', comment.user_id)
    .where('paper_id', '=', comment.paper_id)
    .where('body', '=', comment.body)
    .where('is_reply', '=', comment.is_reply)
    .where('reply_to', comment.reply_to === null ? 'is' : '=', comment.reply_to)
    .where('deleted_at', 'is', null)
    .where('created_at', '>=', since);
  if (comment.is_reply === 1) query = query.where('thread_id', '=', comment.thread_id);
  return (await query.executeTakeFirst())?.id;
}

export async function insertComment(trx: Trx, comment: CommentTable): Promise<void> {
  await trx.insertInto('comments').values(comment).execute();
}

/** `mentions`: lower-case name -> who has it. */
export async function saveMentions(trx: Trx, commentId: string, mentions: ReadonlyMap<string, string>): Promise<void> {
  await trx.deleteFrom('comment_mentions').where('comment_id', '=', commentId).execute();
  if (mentions.size === 0) return;
  const rows = [...mentions].map(([name, user_id]) => ({ comment_id: commentId, name, user_id }));
  await trx.insertInto('comment_mentions').values(rows).execute();
}

/** Keeps what the comment said until now, as its text of that number. */
export async function keepRevision(
  trx: Trx,
  { id, body, edited_at, created_at }: CommentTable,
  number: number,
): Promise<void> {
  await trx
    .insertInto('comment_revisions')
    .values({ comment_id: id, number, body, written_at: edited_at ?? created_at })
    .execute();
}

export async function changeComment(trx: Trx, id: string, change: Partial<CommentTable>): Promise<void> {
  await trx.updateTable('comments').set(change).where('id', '=', id).execute();
}

/** What hangs on it and says what it said. */
export async function forgetAround(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('comment_revisions').where('comment_id', '=', id).execute();
  await trx.deleteFrom('comment_mentions').where('comment_id', '=', id).execute();
}

export async function setReaction(
  trx: Trx,
  { commentId, userId, emoji, now }: { commentId: string; userId: string; emoji: string; now: number },
): Promise<void> {
  await trx
    .insertInto('comment_reactions')
    .values({ comment_id: commentId, user_id: userId, emoji, reacted_at: now })
    .onConflict((c) => c.doNothing())
    .execute();
}

export async function unsetReaction(trx: Trx, commentId: string, userId: string, emoji: string): Promise<void> {
  await trx
    .deleteFrom('comment_reactions')
    .where('comment_id', '=', commentId)
    .where('user_id', '=', userId)
    .where('emoji', '=', emoji)
    .execute();
}

/** All of one person's. */
export async function unsetReactions(trx: Trx, userId: string): Promise<void> {
  await trx.deleteFrom('comment_reactions').where('user_id', '=', userId).execute();
}

/** Comments whose scores depend on what somebody did: reacted, or answered. Not for pages: all of them. */
export async function listCommentsLiftedBy(trx: Trx, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select comment_id as id from comment_reactions where user_id = ${userId}
    union select thread_id from comments where user_id = ${userId} and is_reply = 1 and deleted_at is null
    union select reply_to from comments where user_id = ${userId} and reply_to is not null and deleted_at is null
    order by id`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Counts anew what stands below comments, and their scores, in two statements, however many. For a reply: what answers it.
 * Neither who is banned nor who has left lifts a comment; `leaving` is somebody who is about to.
 */
export async function recountComments(trx: Trx, ids: readonly string[], leaving = ''): Promise<void> {
  if (ids.length === 0) return;
  const dialect = dialectOf(trx);
  const isLifter = (column: string) => sql`exists (select 1 from users where users.id = ${sql.ref(column)}
    and users.id <> comments.user_id and users.id <> ${leaving} and banned_at is null and deleted_at is null)`;
  const { rows } = await sql<Echo & { id: string; answers: number }>`
    select id,
      (select count(distinct user_id) from comment_reactions
        where comment_id = comments.id and ${isLifter('comment_reactions.user_id')}) as reactors,
      (select count(distinct below.user_id) from comments as below
        where ${IS_BELOW} and below.hidden_at is null and ${isLifter('below.user_id')}) as answerers,
      (select count(*) from comments as below where ${IS_BELOW}) as answers
    from comments where ${inList(dialect, 'id', ids)}`.execute(trx);
  const counted = rows.map((row) => ({ id: row.id, answers: row.answers, score: bestScore(row) }));
  await sql`update comments set answers = counted.answers, score = counted.score
    from (${selectRows(dialect, COUNTED, counted)}) as counted where comments.id = counted.id`.execute(trx);
}

const COUNTED = { id: 'text', answers: 'bigint', score: 'bigint' } as const;

/** Two indexes, one for each half. */
const IS_BELOW = sql`below.deleted_at is null and below.id <> comments.id
  and (below.reply_to = comments.id or (comments.is_reply = 0 and below.thread_id = comments.id))`;
