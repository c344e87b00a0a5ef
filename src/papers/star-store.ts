/** SQL on the daily readings of how many stars a paper's repository has. */

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

/** The readings of another repository say nothing of the one that took its place. */
export async function forgetStars(db: Db, paperId: PaperId): Promise<void> {
  await db.deleteFrom('star_readings').where('paper_id', '=', paperId).execute();
}
