/** What a comment said before it was edited: everybody may read it. */

import type { Db } from '#schema.ts';

export interface Revision {
  body: string;
  /** When this text was written, epoch milliseconds. */
  writtenAt: number;
}

/** The first text first, without the present one. */
export async function listRevisions(db: Db, commentId: string): Promise<Revision[]> {
  return await db
    .selectFrom('comment_revisions')
    .select(['body', 'written_at as writtenAt'])
    .where('comment_id', '=', commentId)
    .orderBy('number')
    .execute();
}
