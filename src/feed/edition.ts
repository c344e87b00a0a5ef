/** What was submitted and what was announced, day after day; how large an edition is and where its neighbours are. */

import { sql } from 'kysely';
import type { Day, DayRange } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { encodeCursor } from './cursor.ts';
import type { DaysCursor } from './cursor.ts';

/** One place in a list of days: `s` submitted, `a` announced. */
export interface EditionEntry {
  part: 's' | 'a';
  day: Day;
  position: number;
  id: string;
}

/** Encoded cursor of what follows. */
export function markOf({ part, day, position, id }: EditionEntry): string {
  return encodeCursor(part === 's' ? ['s', day, position] : ['a', day, id]);
}

/** The newest day first, within a day in their order, beyond the cursor. */
export async function submittedEntries(
  db: Db,
  range: DayRange,
  cursor: DaysCursor | undefined,
  limit: number,
): Promise<EditionEntry[]> {
  if (cursor?.[0] === 'a') return [];
  let query = db
    .selectFrom('submissions')
    .select(['day', 'position', 'paper_id as id'])
    .where('day', '>=', range.first)
    .where('day', '<=', range.last)
    .orderBy('day', 'desc')
    .orderBy('position')
    .limit(limit);
  if (cursor) {
    const [, day, position] = cursor;
    query = query.where((e) => e.or([e('day', '<', day), e.and([e('day', '=', day), e('position', '>', position)])]));
  }
  const rows = await query.execute();
  return rows.map((row) => ({ part: 's' as const, ...row }));
}

/** As `submittedEntries`, without those that were submitted for a day in `besides`: they stand there. */
export async function announcedEntries(
  db: Db,
  range: DayRange,
  cursor: DaysCursor | undefined,
  limit: number,
  besides = range,
): Promise<EditionEntry[]> {
  let query = db
    .selectFrom('papers')
    .select(['announced_on as day', 'id'])
    .where('announced_on', '>=', range.first)
    .where('announced_on', '<=', range.last)
    .where((e) => e.not(e.exists(submissionIn(besides))))
    .orderBy('announced_on', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (cursor?.[0] === 'a') query = query.where(sql<boolean>`(announced_on, id) < (${cursor[1]}, ${cursor[2]})`);
  const rows = await query.execute();
  return rows.map((row) => ({ part: 'a' as const, day: row.day ?? '', position: 0, id: row.id }));
}

/** Whether `papers.id` was submitted for one of these days. */
export function submissionIn(range: DayRange) {
  return sql`(select 1 from submissions where submissions.paper_id = papers.id
    and submissions.day >= ${range.first} and submissions.day <= ${range.last})`;
}

export interface EditionFacts {
  /** Papers in the edition. */
  count: number;
  /** How many of them people submitted; the others were announced. */
  submitted: number;
  /** The nearest earlier and later days that have papers; null where there is none. */
  before: Day | null;
  after: Day | null;
}

/** How large an edition is and where the neighbouring ones are. One query, each part of it one index range. */
export async function describeEdition(db: Db, range: DayRange, today: Day): Promise<EditionFacts> {
  const row = await sql<Omit<EditionFacts, 'count'> & { announced: number }>`select
    (select count(*) from submissions where day >= ${range.first} and day <= ${range.last}) as submitted,
    (select count(*) from papers where announced_on >= ${range.first} and announced_on <= ${range.last}
        and not exists ${submissionIn(range)}) as announced,
    ${newest(sql`< ${range.first}`)} as before,
    (select min(day) from (
      select min(day) as day from submissions where day > ${range.last} and day <= ${today}
      union all select min(announced_on) from papers where announced_on > ${range.last} and announced_on <= ${today}) as days) as after
  `.execute(db);
  const { submitted = 0, announced = 0, before = null, after = null } = row.rows[0] ?? {};
  return { count: submitted + announced, submitted, before, after };
}

/** The newest day, today or earlier, that has an edition; undefined in an empty installation. */
export async function newestEditionDay(db: Db, today: Day): Promise<Day | undefined> {
  const row = await sql<{ day: Day | null }>`select ${newest(sql`<= ${today}`)} as day`.execute(db);
  return row.rows[0]?.day ?? undefined;
}

function newest(condition: ReturnType<typeof sql>) {
  return sql<Day | null>`(select max(day) from (
    select max(day) as day from submissions where day ${condition}
    union all select max(announced_on) from papers where announced_on ${condition}) as days)`;
}
