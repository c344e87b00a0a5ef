/** What a sitemap lists: every paper, in files of a fixed range of row numbers, and every day that has an edition. */

import { sql } from 'kysely';
import type { Day } from '#platform/day.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';

/**
 * Papers a file at most. The protocol allows 50 000; with this many a file is as large as a page of the site (some
 * 200 kB), so it is read, kept and compressed like one.
 */
export const PAPERS_PER_FILE = 2_000;

/**
 * The numbers, from 1, of the files that hold papers. File n holds row numbers up to n × PAPERS_PER_FILE, so a paper
 * never moves to another. One probe of the primary key for each file, however many papers there are.
 */
export async function listPaperFiles(db: Db): Promise<number[]> {
  const size = sql.lit(PAPERS_PER_FILE);
  const files = await sql<{ file: number }>`
    with recursive files(file) as (
      select (min(seq) - 1) / ${size} + 1 from papers
      union all
      select (select (min(seq) - 1) / ${size} + 1 from papers where seq > file * ${size}) from files where file is not null
    )
    select file from files where file is not null order by file`.execute(db);
  return files.rows.map(({ file }) => file);
}

/** In the order in which they came in; empty for a file that does not exist. One range of the primary key. */
export async function listPapersOfFile(db: Db, file: number): Promise<{ id: PaperId; updatedOn: Day }[]> {
  return await db
    .selectFrom('papers')
    .select(['id', 'updated_on as updatedOn'])
    .where('seq', '>', (file - 1) * PAPERS_PER_FILE)
    .where('seq', '<=', file * PAPERS_PER_FILE)
    .where('hidden_at', 'is', null)
    .orderBy('seq')
    .execute();
}

/** Days up to `today` that have an edition, newest first. Two probes of an index for each day. */
export async function listEditionDays(db: Db, today: Day): Promise<Day[]> {
  const days = await sql<{ day: Day }>`
    with recursive
      announced(day) as (
        select max(announced_on) from papers where announced_on <= ${today}
        union all
        select (select max(announced_on) from papers where announced_on < day) from announced where day is not null
      ),
      submitted(day) as (
        select max(day) from submissions where day <= ${today}
        union all
        select (select max(s.day) from submissions s where s.day < submitted.day) from submitted
        where submitted.day is not null
      )
    select day from announced where day is not null
    union select day from submitted where day is not null
    order by day desc`.execute(db);
  return days.rows.map(({ day }) => day);
}
