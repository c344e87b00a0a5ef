/** What one person did with papers, newest first, for their profile: one query for each list. */

import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

export interface Deed {
  paperId: PaperId;
  /** As given, with its TeX. */
  title: string;
  at: number;
}

export interface SaidDeed extends Deed {
  commentId: string;
  /** Markdown. */
  body: string;
}

/** A profile shows who somebody is, not all that they ever did; the export has that. */
export const DEEDS_SHOWN = 50;

export async function listSubmitted(db: Db, userId: string): Promise<Deed[]> {
  return await db
    .selectFrom('submissions')
    .innerJoin('papers', 'papers.id', 'submissions.paper_id')
    .select(['submissions.paper_id as paperId', 'papers.title', 'submissions.submitted_at as at'])
    .where('submissions.user_id', '=', userId)
    .orderBy('submissions.submitted_at', 'desc')
    .orderBy('submissions.paper_id', 'desc')
    .limit(DEEDS_SHOWN)
    .execute();
}

export async function listUpvoted(db: Db, userId: string): Promise<Deed[]> {
  return await db
    .selectFrom('upvotes')
    .innerJoin('papers', 'papers.id', 'upvotes.paper_id')
    .select(['upvotes.paper_id as paperId', 'papers.title', 'upvotes.voted_at as at'])
    .where('upvotes.user_id', '=', userId)
    .where('upvotes.withdrawn_at', 'is', null)
    .where('papers.hidden_at', 'is', null)
    .orderBy('upvotes.voted_at', 'desc')
    .orderBy('upvotes.paper_id', 'desc')
    .limit(DEEDS_SHOWN)
    .execute();
}

/** Neither deleted nor hidden ones, nor those on hidden papers. */
export async function listSaid(db: Db, userId: string): Promise<SaidDeed[]> {
  return await db
    .selectFrom('comments')
    .innerJoin('papers', 'papers.id', 'comments.paper_id')
    .select(['comments.paper_id as paperId', 'papers.title', 'comments.created_at as at'])
    .select(['comments.id as commentId', 'comments.body'])
    .where('comments.user_id', '=', userId)
    .where('comments.deleted_at', 'is', null)
    .where('comments.hidden_at', 'is', null)
    .where('papers.hidden_at', 'is', null)
    .orderBy('comments.id', 'desc')
    .limit(DEEDS_SHOWN)
    .execute();
}
