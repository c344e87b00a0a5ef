/** This folder's part of what somebody gets who asks for all that is kept of them. */

import type { Db } from '#schema.ts';
import { listLinkEditsOf } from './link-edit-store.ts';
import { listRequestsOf } from './request-store.ts';
import type { SubmissionTable } from './table.ts';

export async function ownSubmissionData(db: Db, userId: string): Promise<unknown> {
  return {
    submissions: await db
      .selectFrom('submissions')
      .select(['paper_id', 'day', 'submitted_at'])
      .where('user_id', '=', userId)
      .orderBy('submitted_at')
      .execute(),
    hiddenSubmissions: await listHiddenOf(db, userId),
    requests: await listRequestsOf(db, userId),
    linkEdits: await listLinkEditsOf(db, userId),
  };
}

/** Submissions of papers that moderators have hidden, which are put away meanwhile. Hidden papers are few. */
async function listHiddenOf(db: Db, userId: string): Promise<Omit<SubmissionTable, 'position' | 'user_id'>[]> {
  const rows = await db
    .selectFrom('hidden_papers')
    .select('submission')
    .where('submission', 'is not', null)
    .orderBy('paper_id')
    .execute();
  return rows
    .map(({ submission }) => JSON.parse(submission ?? '') as SubmissionTable)
    .filter(({ user_id }) => user_id === userId)
    .map(({ paper_id, day, submitted_at }) => ({ paper_id, day, submitted_at }));
}
