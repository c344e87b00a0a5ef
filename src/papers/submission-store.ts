/** SQL on what people put into editions, and on what other sites said of a paper. */

import { sql } from 'kysely';
import type { Day } from '#platform/day.ts';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
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

export async function findSubmission(db: Db, paperId: PaperId): Promise<SubmissionTable | undefined> {
  return await db.selectFrom('submissions').selectAll().where('paper_id', '=', paperId).executeTakeFirst();
}

/** How many papers a person, by these accounts, has in the edition of a day. */
export async function countSubmissions(db: Db, userIds: readonly string[], day: Day): Promise<number> {
  const row = await db
    .selectFrom('submissions')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where(inList(dialectOf(db), 'user_id', userIds))
    .where('day', '=', day)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Behind those that the day has. Nobody else may write submissions meanwhile: hold `lockPapers`. */
export async function appendSubmission(trx: Trx, submission: Omit<SubmissionTable, 'position'>): Promise<void> {
  const { last } = await trx
    .selectFrom('submissions')
    .select((e) => e.fn.max('position').as('last'))
    .where('day', '=', submission.day)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('submissions')
    .values({ ...submission, position: (last ?? 0) + 1 })
    .execute();
}

/** Takes a paper out of its edition; undefined if it is in none. */
export async function takeSubmission(trx: Trx, paperId: PaperId): Promise<SubmissionTable | undefined> {
  return await trx.deleteFrom('submissions').where('paper_id', '=', paperId).returningAll().executeTakeFirst();
}

/** In its place, or behind all others where somebody has it. Hold `lockPapers`. */
export async function bringBackSubmission(trx: Trx, submission: SubmissionTable): Promise<void> {
  const { day, position } = submission;
  const taken = await trx
    .selectFrom('submissions')
    .select('paper_id')
    .where('day', '=', day)
    .where('position', '=', position)
    .executeTakeFirst();
  if (taken === undefined) await trx.insertInto('submissions').values(submission).execute();
  else await appendSubmission(trx, submission);
}

/** A person's submissions, newest first, from the mark on: `submitted_at` and id of the last one that was seen. */
export async function listSubmissionsOf(
  db: Db,
  userId: string,
  { limit, before }: { limit: number; before?: { at: number; id: PaperId } | undefined },
): Promise<SubmissionTable[]> {
  let query = db
    .selectFrom('submissions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('submitted_at', 'desc')
    .orderBy('paper_id', 'desc')
    .limit(limit);
  if (before) query = query.where(sql<boolean>`(submitted_at, paper_id) < (${before.at}, ${before.id})`);
  return await query.execute();
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
