/** SQL on what people put into editions, and on what other sites said of a paper. */

import type { Day } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import type { PaperId } from './paper.ts';
import type { ExternalReadingTable, SubmissionTable } from './table.ts';

/** A paper that was submitted before keeps its place: once per paper. */
export async function saveSubmissions(db: Db, submissions: readonly SubmissionTable[]): Promise<void> {
  if (submissions.length === 0) return;
  await db
    .insertInto('submissions')
    .values([...submissions])
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The day for whose edition the paper was submitted. */
export async function findSubmissionDay(db: Db, paperId: PaperId): Promise<Day | undefined> {
  const row = await db.selectFrom('submissions').select('day').where('paper_id', '=', paperId).executeTakeFirst();
  return row?.day;
}

/** The newest reading of each site counts. */
export async function saveReadings(db: Db, readings: readonly ExternalReadingTable[]): Promise<void> {
  if (readings.length === 0) return;
  await db
    .insertInto('external_readings')
    .values([...readings])
    .onConflict((c) =>
      c.columns(['paper_id', 'site']).doUpdateSet((e) => ({
        comments: e.ref('excluded.comments'),
        upvotes: e.ref('excluded.upvotes'),
        read_at: e.ref('excluded.read_at'),
      })),
    )
    .execute();
}

export async function listReadings(db: Db, paperId: PaperId): Promise<ExternalReadingTable[]> {
  return await db.selectFrom('external_readings').selectAll().where('paper_id', '=', paperId).orderBy('site').execute();
}

/** What other sites counted, by `papers.seq`; of several sites the highest. */
export async function countElsewhere(db: Db): Promise<Map<number, { upvotes: number; comments: number }>> {
  const rows = await db
    .selectFrom('external_readings')
    .innerJoin('papers', 'papers.id', 'external_readings.paper_id')
    .select(['papers.seq', 'external_readings.upvotes', 'external_readings.comments'])
    .execute();
  const readings = new Map<number, { upvotes: number; comments: number }>();
  for (const { seq, upvotes, comments } of rows) {
    const known = readings.get(seq);
    readings.set(seq, {
      upvotes: Math.max(known?.upvotes ?? 0, upvotes ?? 0),
      comments: Math.max(known?.comments ?? 0, comments ?? 0),
    });
  }
  return readings;
}
