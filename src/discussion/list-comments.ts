/** The comments of a paper, page by page, thread by thread: one query however long the page is. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { isCommentId } from './comment-id.ts';
import { selectComments, toView } from './comment-rows.ts';
import type { CommentRow } from './comment-rows.ts';
import type { CommentView } from './comment-view.ts';
import { fitting, SURE_LENGTH } from './page-length.ts';

export const commentSorts = ['oldest', 'newest', 'best'] as const;
/** The order of threads; within one the replies stand as they came, because that is how a conversation is read. */
export type CommentSort = (typeof commentSorts)[number];

/** A page is read in some minutes and made in some milliseconds: long comments are fewer to a page. */
const COMMENTS_A_PAGE = 50;

export interface CommentsRequest {
  sort: CommentSort;
  /** The last comment of the page before. One that does not exist leads to an empty page. */
  after?: string | undefined;
  limit?: number;
  viewerId?: string | undefined;
}

export interface CommentPage {
  items: CommentView[];
  /** Id of the last comment, where there are more. */
  next: string | undefined;
}

/** A comment that was deleted keeps its place only as long as something stands below it. */
export const HAS_PLACE = sql<boolean>`(comments.deleted_at is null or comments.answers > 0)`;

const ORDERS: Record<CommentSort, RawBuilder<unknown>> = {
  oldest: sql`comments.thread_id, comments.is_reply, comments.id`,
  newest: sql`comments.thread_id desc, comments.is_reply, comments.id`,
  best: sql`thread.score desc, comments.thread_id desc, comments.is_reply, comments.id`,
};

/** `mark` is the comment after which the page begins, `mark_thread` the one that began its thread. */
const BEYOND: Record<CommentSort, RawBuilder<boolean>> = {
  oldest: sql`comments.thread_id > mark.thread_id`,
  newest: sql`comments.thread_id < mark.thread_id`,
  best: sql`(thread.score, comments.thread_id) < (mark_thread.score, mark.thread_id)`,
};

/** One of them, as `viewerId` sees it. */
export async function findCommentView(db: Db, id: string, viewerId: string): Promise<CommentView | undefined> {
  const { rows } = await sql<CommentRow>`${selectComments(db, viewerId)} where comments.id = ${id}`.execute(db);
  return rows[0] && toView(rows[0]);
}

export async function listComments(
  db: Db,
  paperId: PaperId,
  { sort, after, limit = COMMENTS_A_PAGE, viewerId }: CommentsRequest,
): Promise<CommentPage> {
  if (after !== undefined && !isCommentId(after)) return { items: [], next: undefined };
  const { rows } = await sql<CommentRow>`
    ${selectComments(db, viewerId)}
    ${after === undefined ? sql`` : markJoin(after)}
    where comments.paper_id = ${paperId} and ${HAS_PLACE} and ${after === undefined ? sql`1 = 1` : isBeyond(sort)}
    order by ${ORDERS[sort]} limit ${limit + 1}`.execute(db);
  const items = fitting(rows.slice(0, limit), (row) => row.length);
  return { items: items.map(toView), next: rows.length > items.length ? items.at(-1)?.id : undefined };
}

function markJoin(after: string): RawBuilder<unknown> {
  return sql`join comments as mark on mark.id = ${after} join comments as mark_thread on mark_thread.id = mark.thread_id`;
}

function isBeyond(sort: CommentSort): RawBuilder<boolean> {
  return sql`(${BEYOND[sort]} or comments.thread_id = mark.thread_id
    and (comments.is_reply, comments.id) > (mark.is_reply, mark.id))`;
}

/**
 * After which comment a page of the oldest order begins that has this one on it; undefined where that is the first
 * page. Such pages begin at fixed places: where as many characters stand above as a page is sure to hold, short comments
 * counted so that no more of them are too many for one. Reads all comments of the paper.
 */
export async function findPageOf(db: Db, paperId: PaperId, id: string): Promise<string | undefined> {
  const shortest = sql.lit(SURE_LENGTH / COMMENTS_A_PAGE);
  const { rows } = await sql<{ id: string }>`
    with counted as (
      select id, thread_id, is_reply, case when length(body) > ${shortest} then length(body) else ${shortest} end as length
      from comments where paper_id = ${paperId} and ${HAS_PLACE}
    ), places as (
      select id, above, above / ${sql.lit(SURE_LENGTH)} as page from (
        select id, sum(length) over (order by thread_id, is_reply, id rows unbounded preceding) - length as above
        from counted) as summed
    )
    select id from places where page < (select page from places where id = ${id}) order by above desc limit 1
  `.execute(db);
  return rows[0]?.id;
}
