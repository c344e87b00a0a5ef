/** This folder's part of what somebody gets who asks for all that is kept of them. */

import type { Db } from '#schema.ts';

export async function ownSubmissionData(db: Db, userId: string): Promise<unknown> {
  return {
    submissions: await db
      .selectFrom('submissions')
      .select(['paper_id', 'day', 'submitted_at'])
      .where('user_id', '=', userId)
      .orderBy('submitted_at')
      .execute(),
    requests: await db.selectFrom('submission_requests').selectAll().where('user_id', '=', userId).execute(),
    linkEdits: await db.selectFrom('paper_link_edits').selectAll().where('user_id', '=', userId).execute(),
  };
}
