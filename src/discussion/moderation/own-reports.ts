/** What somebody reported, and what became of it: they are told what was decided, not by whom or why. */

import type { Db } from '#schema.ts';
import type { ModerationAction, ReportTable } from '../table.ts';

export interface OwnReport extends ReportTable {
  /** The decision that answered it; null while there is none, and of some that are older than the log. */
  action: ModerationAction | null;
  /** Of the paper, as given; null where moderators hide it. */
  title: string | null;
  /** Of a comment that can be read or at least has its place; 0 or 1. */
  isThere: number;
}

/** The newest first. One query. */
export async function listReportsBy(db: Db, userId: string, limit: number): Promise<OwnReport[]> {
  return await db
    .selectFrom('reports')
    .innerJoin('papers', 'papers.id', 'reports.paper_id')
    .leftJoin('moderation_log', 'moderation_log.number', 'reports.log_number')
    .leftJoin('comments', (join) =>
      join.onRef('comments.id', '=', 'reports.target_id').on('comments.deleted_at', 'is', null),
    )
    .selectAll('reports')
    .select(['moderation_log.action'])
    .select((e) => [
      e.case().when('papers.hidden_at', 'is', null).then(e.ref('papers.title')).end().as('title'),
      e
        .case()
        .when('papers.hidden_at', 'is not', null)
        .then(0)
        .when(e.and([e('reports.kind', '=', 'comment'), e('comments.id', 'is', null)]))
        .then(0)
        .else(1)
        .end()
        .as('isThere'),
    ])
    .where('reports.user_id', '=', userId)
    .orderBy('reports.reported_at', 'desc')
    .orderBy('reports.target_id')
    .limit(limit)
    .execute();
}
