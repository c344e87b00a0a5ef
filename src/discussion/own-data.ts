/** This folder's part of what somebody gets who asks for all that is kept of them. */

import { readable } from '#platform/readable.ts';
import type { Db } from '#schema.ts';

export async function ownDiscussionData(db: Db, userId: string): Promise<unknown> {
  return readable({
    upvotes: await db
      .selectFrom('upvotes')
      .select(['paper_id', 'voted_at', 'withdrawn_at'])
      .where('user_id', '=', userId)
      .orderBy('voted_at')
      .execute(),
    comments: await db
      .selectFrom('comments')
      .select(['id', 'paper_id', 'reply_to', 'body', 'created_at', 'edited_at', 'deleted_at', 'hidden_at'])
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute(),
    formerTexts: await db
      .selectFrom('comment_revisions')
      .innerJoin('comments', 'comments.id', 'comment_revisions.comment_id')
      .select(['comment_revisions.comment_id', 'comment_revisions.body', 'comment_revisions.written_at'])
      .where('comments.user_id', '=', userId)
      .orderBy('comment_revisions.comment_id')
      .orderBy('comment_revisions.number')
      .execute(),
    reactions: await db
      .selectFrom('comment_reactions')
      .select(['comment_id', 'emoji', 'reacted_at'])
      .where('user_id', '=', userId)
      .orderBy('reacted_at')
      .execute(),
    reports: await db
      .selectFrom('reports')
      .leftJoin('moderation_log', 'moderation_log.number', 'reports.log_number')
      .select(['reports.kind', 'reports.target_id', 'reports.paper_id', 'reports.reason', 'reported_at', 'settled_at'])
      .select('moderation_log.action as decision')
      .where('user_id', '=', userId)
      .orderBy('reported_at')
      .orderBy('reports.target_id')
      .execute(),
    // What was decided on the person and on what they wrote; not by whom, which is said to moderators only.
    decisions: await db
      .selectFrom('moderation_log')
      .select(['at', 'action', 'kind', 'target_id', 'paper_id', 'reason'])
      .where('about_user_id', '=', userId)
      .orderBy('number')
      .execute(),
  });
}
