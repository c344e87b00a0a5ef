/** SQL on the daily readings of how many stars a paper's repository has. */

import { sql } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Day } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import type { PaperId } from './paper.ts';
import type { StarReadingTable } from './table.ts';

/** The last reading of a day counts. */
export async function saveStars(db: Db, reading: StarReadingTable): Promise<void> {
  await db
    .insertInto('star_readings')
    .values(reading)
    .onConflict((c) => c.columns(['paper_id', 'day']).doUpdateSet({ stars: reading.stars }))
    .execute();
}

/** Oldest first, from a day on. */
export async function listStars(db: Db, paperId: PaperId, from: Day): Promise<{ day: Day; stars: number }[]> {
  return await db
    .selectFrom('star_readings')
    .select(['day', 'stars'])
    .where('paper_id', '=', paperId)
    .where('day', '>=', from)
    .orderBy('day')
    .execute();
}

/**
 * As `listStars`, of several papers: by paper, oldest first. Those of a repository that the submitter named are left
 * out: nobody is to lift their own paper by the stars of whatever they link to. One query.
 */
export async function findCountedStars(
  db: Db,
  paperIds: readonly PaperId[],
  from: Day,
): Promise<Map<PaperId, { day: Day; stars: number }[]>> {
  if (paperIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('star_readings')
    .select(['paper_id', 'day', 'stars'])
    .where(inList(dialectOf(db), 'paper_id', paperIds))
    .where('day', '>=', from)
    .where(sql<boolean>`not exists (
      select 1 from submissions join paper_link_edits as edit using (paper_id, user_id)
      where submissions.paper_id = star_readings.paper_id and edit.number = (
        select max(number) from paper_link_edits as last where last.paper_id = edit.paper_id and last.sets_code = 1))`)
    .orderBy('paper_id')
    .orderBy('day')
    .execute();
  return Map.groupBy(rows, (row) => row.paper_id);
}

/** Papers whose stars were read on this day or later. Goes through all readings of late: for jobs, not for pages. */
export async function listStarred(db: Db, from: Day): Promise<PaperId[]> {
  const rows = await db.selectFrom('star_readings').select('paper_id').distinct().where('day', '>=', from).execute();
  return rows.map((row) => row.paper_id);
}

/** The readings of another repository say nothing of the one that took its place. */
export async function forgetStars(db: Db, paperId: PaperId): Promise<void> {
  await db.deleteFrom('star_readings').where('paper_id', '=', paperId).execute();
}
