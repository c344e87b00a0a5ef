/** The one select from which comments are shown, with all that stands beside them; and its rows as views. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { DELETED_NAME } from '#accounts/user.ts';
import type { Role } from '#accounts/user.ts';
import { dialectOf } from '#platform/db/open.ts';
import { jsonRows } from '#platform/db/rows.ts';
import type { Db } from '#schema.ts';
import type { CommentView, Person } from './comment-view.ts';
import { reasonOf } from './moderation/store.ts';
import type { CommentTable } from './table.ts';

type PersonColumns<Prefix extends string> = Record<`${Prefix}_name` | `${Prefix}_full_name`, string | null> &
  Record<`${Prefix}_deleted_at`, number | null>;

export type CommentRow = CommentTable &
  PersonColumns<'author'> &
  PersonColumns<'thread_author'> &
  PersonColumns<'above_author'> & {
    /** Null where the account is no longer there. */
    author_role: Role | null;
    thread_user_id: string;
    above_user_id: string | null;
    /** Of its body, in characters. */
    length: number;
    /** Of one's own that is hidden. */
    hidden_reason: string | null;
    /** JSON: [[emoji, count, whether the reader is among them], …] */
    reactions: string;
    /** JSON: [[name as written, name now], …] */
    mentions: string;
  };

/** `comments` are those shown, `thread` the comments that began their threads. To be followed by `where …`. */
export function selectComments(db: Db, viewerId = ''): RawBuilder<CommentRow> {
  const dialect = dialectOf(db);
  const reactions = jsonRows(
    dialect,
    ['emoji', 'people', 'mine'],
    sql`select emoji, count(*) as people, max(case when user_id = ${viewerId} then 1 else 0 end) as mine
      from comment_reactions where comment_id = comments.id group by emoji`,
  );
  const mentions = jsonRows(
    dialect,
    ['written', 'name'],
    sql`select comment_mentions.name as written, users.name from comment_mentions
      join users on users.id = comment_mentions.user_id and users.deleted_at is null
      where comment_id = comments.id`,
  );
  const hiddenReason = sql`case when comments.hidden_at is not null and comments.user_id = ${viewerId}
      then ${reasonOf('comment', sql`comments.id`, 'hide')} end`;
  return sql<CommentRow>`
    select comments.*, length(comments.body) as length, ${personColumns('author')}, ${personColumns('thread_author')}, ${personColumns('above_author')},
      author.role as author_role,
      thread.user_id as thread_user_id, above.user_id as above_user_id, ${reactions} as reactions, ${mentions} as mentions,
      ${hiddenReason} as hidden_reason
    from comments
      join comments as thread on thread.id = comments.thread_id
      left join comments as above on above.id = comments.reply_to
      left join users as author on author.id = comments.user_id
      left join users as thread_author on thread_author.id = thread.user_id
      left join users as above_author on above_author.id = above.user_id`;
}

function personColumns(table: string): RawBuilder<unknown> {
  const columns = ['name', 'full_name', 'deleted_at'].map(
    (column) => sql`${sql.ref(`${table}.${column}`)} as ${sql.ref(`${table}_${column}`)}`,
  );
  return sql.join(columns);
}

export function toView(row: CommentRow): CommentView {
  const state = row.deleted_at !== null ? 'deleted' : row.hidden_at !== null ? 'hidden' : 'shown';
  const isShown = state === 'shown';
  const reactions = JSON.parse(row.reactions) as [string, number, number][];
  return {
    id: row.id,
    paperId: row.paper_id,
    threadId: row.thread_id,
    isReply: row.is_reply === 1,
    author: toPerson(row.user_id, row.author_name, row.author_full_name, row.author_deleted_at),
    authorRole: row.author_role ?? 'reader',
    threadAuthor: toPerson(
      row.thread_user_id,
      row.thread_author_name,
      row.thread_author_full_name,
      row.thread_author_deleted_at,
    ),
    replyTo:
      row.reply_to === null
        ? undefined
        : {
            id: row.reply_to,
            author: toPerson(
              row.above_user_id ?? '',
              row.above_author_name,
              row.above_author_full_name,
              row.above_author_deleted_at,
            ),
          },
    state,
    hidden:
      state === 'hidden' && row.hidden_reason !== null && row.hidden_at !== null
        ? { at: row.hidden_at, reason: row.hidden_reason }
        : undefined,
    body: isShown ? row.body : '',
    mentions: new Map(JSON.parse(row.mentions) as [string, string][]),
    createdAt: row.created_at,
    editedAt: isShown ? row.edited_at : null,
    reactions: isShown ? reactions.map(([emoji, count, mine]) => ({ emoji, count, mine: mine === 1 })) : [],
  };
}

/** A row without a name is of an account that is no longer there. */
export function toPerson(id: string, name: string | null, fullName: string | null, deletedAt: number | null): Person {
  if (name === null || deletedAt !== null) return { id, name: '', shown: DELETED_NAME, handle: '', hasProfile: false };
  const handle = `@${name}`;
  return { id, name, shown: fullName ?? handle, handle: fullName === null ? '' : handle, hasProfile: true };
}
