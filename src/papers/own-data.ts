/** This folder's part of what somebody gets who asks for all that is kept of them. */

import { readable } from '#platform/readable.ts';
import type { Db } from '#schema.ts';
import { listPutAwayOf } from './hidden-store.ts';
import { listLinkEditsOf } from './link-edit-store.ts';
import { listRequestsOf } from './request-store.ts';

export async function ownSubmissionData(db: Db, userId: string): Promise<unknown> {
  return readable(
    {
      submissions: await db
        .selectFrom('submissions')
        .select(['paper_id', 'day', 'submitted_at'])
        .where('user_id', '=', userId)
        .orderBy('submitted_at')
        .execute(),
      // Of papers that moderators have hidden.
      hiddenSubmissions: (await listPutAwayOf(db, userId)).map(({ paper_id, day, submitted_at }) => ({
        paper_id,
        day,
        submitted_at,
      })),
      requests: await listRequestsOf(db, userId),
      linkEdits: await listLinkEditsOf(db, userId),
    },
    { flags: ['any_age', 'by_ban'] },
  );
}
