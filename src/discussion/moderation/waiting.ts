/** What waits for moderators to decide on, as one thing to look at each: what it is, whose, how it begins, and who reports it. */

import { sql } from 'kysely';
import type { Db } from '#schema.ts';
import type { ReportTable } from '../table.ts';

export interface WaitingReport extends Pick<ReportTable, 'reason' | 'reported_at' | 'user_id'> {
  /** Whether the comment said something else when it was reported. */
  isEdited: boolean;
}

export interface WaitingThing extends Pick<ReportTable, 'kind' | 'target_id' | 'paper_id'> {
  /** Of the paper, as given. */
  title: string;
  /** Who wrote the comment, or submitted the paper. */
  authorId: string | null;
  /** The beginning of the comment's Markdown; empty where it was deleted, and of papers. */
  beginning: string;
  isDeleted: boolean;
  /** Oldest first. */
  reports: WaitingReport[];
}

/** Enough to make an excerpt of. */
const READ = 2_000;

/** What was reported first stands first; of at most so many reports. One query. */
export async function listWaiting(db: Db, limit: number): Promise<WaitingThing[]> {
  const rows = await db
    .selectFrom('reports')
    .innerJoin('papers', 'papers.id', 'reports.paper_id')
    .leftJoin('comments', (join) =>
      join.onRef('comments.id', '=', 'reports.target_id').on('reports.kind', '=', 'comment'),
    )
    .leftJoin('submissions', (join) =>
      join.onRef('submissions.paper_id', '=', 'reports.target_id').on('reports.kind', '=', 'paper'),
    )
    .selectAll('reports')
    .select([
      'papers.title',
      'comments.user_id as writer_id',
      'submissions.user_id as submitter_id',
      'comments.edited_at',
      'comments.deleted_at',
    ])
    .select(sql<string | null>`substr(comments.body, 1, ${sql.lit(READ)})`.as('beginning'))
    .where('settled_at', 'is', null)
    .orderBy('reported_at')
    .orderBy('target_id')
    .limit(limit)
    .execute();
  const things = new Map<string, WaitingThing>();
  for (const {
    reason,
    reported_at,
    user_id,
    edited_at,
    deleted_at,
    writer_id,
    submitter_id,
    beginning,
    ...row
  } of rows) {
    const { kind, target_id, paper_id, title } = row;
    const key = `${kind} ${target_id}`;
    const thing = things.get(key) ?? {
      kind,
      target_id,
      paper_id,
      title,
      authorId: writer_id ?? submitter_id,
      beginning: beginning ?? '',
      isDeleted: deleted_at !== null,
      reports: [],
    };
    things.set(key, thing);
    thing.reports.push({ reason, reported_at, user_id, isEdited: edited_at !== null && edited_at > reported_at });
  }
  return [...things.values()];
}
