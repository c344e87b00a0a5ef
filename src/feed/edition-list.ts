/** The papers of an edition in its order: upvotes, then placement, which is what was submitted and then what was announced. */

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Day, DayRange } from '#platform/day.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Db } from '#schema.ts';
import { cursors, decodeCursor, encodeCursor } from './cursor.ts';
import type { EditionCursor } from './cursor.ts';
import { submissionIn } from './edition.ts';
import { cutPage } from './skeleton.ts';
import type { PageRequest, Skeleton } from './skeleton.ts';

/** One place in an edition. */
interface Place {
  /** 0 where nobody voted. */
  votes: number;
  /** 0: submitted, 1: announced. */
  announced: 0 | 1;
  day: Day;
  /** Among the day's submissions. */
  position: number;
  id: PaperId;
}

/**
 * Those with votes first, most votes first (as on Hugging Face); votes being equal, and for all others, what was
 * submitted stands before what was announced, the newest day first, submissions in their order. One query: of each of
 * the three parts one range of an index.
 */
export async function listEdition(db: Db, range: DayRange, { limit, after }: PageRequest): Promise<Skeleton> {
  const cursor = after === undefined ? undefined : decodeCursor(cursors.edition, after);
  const part = cursor?.[0] ?? 'v';
  const parts = [
    ...(part === 'v' ? [voted(range, cursor, limit + 1)] : []),
    ...(part === 'a' ? [] : [submitted(range, cursor, limit + 1)]),
    announced(range, cursor, limit + 1),
  ];
  // A part by itself may be ordered only where it is a subselect.
  const arms = parts.map((arm) => sql`select * from (${arm}) as part`);
  const { rows } = await sql<Place>`${sql.join(arms, sql` union all `)}`.execute(db);
  return cutPage(rows.toSorted(inOrder), limit, ({ id }) => id, markOf);
}

/** The database keeps the order of the parts and within them, but promises nothing. */
function inOrder(a: Place, b: Place): number {
  if (a.votes !== b.votes) return b.votes - a.votes;
  if (a.announced !== b.announced) return a.announced - b.announced;
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  if (a.position !== b.position) return a.position - b.position;
  return a.id < b.id ? 1 : -1;
}

function markOf({ votes, announced: part, day, position, id }: Place): string {
  if (votes > 0) return encodeCursor(['v', votes, part, day, position, id]);
  return encodeCursor(part === 0 ? ['s', day, position] : ['a', day, id]);
}

const SUBMITTED = sql`cast(0 as bigint) as announced, submissions.day, submissions.position, submissions.paper_id as id`;
const ANNOUNCED = sql`cast(1 as bigint) as announced, announced_on as day, cast(0 as bigint) as position, papers.id`;
const NO_VOTES = sql`cast(0 as bigint) as votes`;

function isSubmittedIn({ first, last }: DayRange): RawBuilder<boolean> {
  return sql<boolean>`submissions.day >= ${first} and submissions.day <= ${last}`;
}

function isAnnouncedIn(range: DayRange): RawBuilder<boolean> {
  const { first, last } = range;
  return sql<boolean>`announced_on >= ${first} and announced_on <= ${last} and not exists ${submissionIn(range)}`;
}

function hasNoVotes(id: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`not exists (select 1 from paper_tallies where paper_id = ${id} and upvotes > 0)`;
}

function voted(range: DayRange, cursor: EditionCursor | undefined, limit: number): RawBuilder<unknown> {
  return sql`select * from (
      select upvotes as votes, ${SUBMITTED} from submissions join paper_tallies using (paper_id)
      where upvotes > 0 and ${isSubmittedIn(range)}
      union all
      select upvotes as votes, ${ANNOUNCED} from papers join paper_tallies on paper_tallies.paper_id = papers.id
      where upvotes > 0 and ${isAnnouncedIn(range)}
    ) as voted where ${isBeyond(cursor)}
    order by votes desc, announced, day desc, position, id desc limit ${limit}`;
}

function isBeyond(cursor: EditionCursor | undefined): RawBuilder<boolean> {
  if (cursor?.[0] !== 'v') return sql<boolean>`1 = 1`;
  const [, votes, part, day, position, id] = cursor;
  return sql<boolean>`(votes < ${votes} or votes = ${votes} and (announced > ${part} or announced = ${part} and (
    day < ${day} or day = ${day} and (position > ${position} or position = ${position} and id < ${id}))))`;
}

function submitted(range: DayRange, cursor: EditionCursor | undefined, limit: number): RawBuilder<unknown> {
  const beyond =
    cursor?.[0] === 's'
      ? sql`(day < ${cursor[1]} or day = ${cursor[1]} and position > ${cursor[2]})`
      : sql<boolean>`1 = 1`;
  return sql`select ${NO_VOTES}, ${SUBMITTED} from submissions
    where ${isSubmittedIn(range)} and ${beyond} and ${hasNoVotes(sql`submissions.paper_id`)}
    order by day desc, position limit ${limit}`;
}

function announced(range: DayRange, cursor: EditionCursor | undefined, limit: number): RawBuilder<unknown> {
  const beyond =
    cursor?.[0] === 'a' ? sql`(announced_on, papers.id) < (${cursor[1]}, ${cursor[2]})` : sql<boolean>`1 = 1`;
  return sql`select ${NO_VOTES}, ${ANNOUNCED} from papers
    where ${isAnnouncedIn(range)} and ${beyond} and ${hasNoVotes(sql`papers.id`)}
    order by announced_on desc, papers.id desc limit ${limit}`;
}
