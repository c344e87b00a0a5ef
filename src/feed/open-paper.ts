/** One paper opened: all that its page says of it besides the comments, the papers like it and its citation. */

import { sql } from 'kysely';
import { toPerson } from '#discussion/comment-rows.ts';
import type { Person } from '#discussion/comment-view.ts';
import { reasonOf } from '#discussion/moderation/store.ts';
import type { Day } from '#platform/day.ts';
import { jsonRows } from '#platform/db/rows.ts';
import { dialectOf } from '#platform/db/open.ts';
import { paperNotHere } from '#papers/get-paper.ts';
import { parsePaperId } from '#papers/ids.ts';
import type { Db } from '#schema.ts';
import type { Card } from './card.ts';
import { selectCards, toCard } from './hydrate.ts';

/** What another site counted when it was read. */
export interface Reading {
  site: string;
  comments: number | null;
  /** Epoch milliseconds. */
  readAt: number;
}

export interface OpenPaper extends Card {
  /** For which edition it was submitted, and by whom; nobody where the starter edition holds it. */
  submission: { day: Day; by: Person | undefined } | undefined;
  readings: readonly Reading[];
  /** Whether moderators hide it from readers: show it to moderators only. */
  hidden: boolean;
  /** Whether its discussion is closed. */
  locked: boolean;
  /** Why, as the moderator said. */
  lockedBecause: string | undefined;
  /** Who voted last, the newest first: some of them where they are many. */
  voters: readonly Person[];
}

/** Names beside the button; the others are one link away. */
const VOTERS_SHOWN = 8;

/** `asked` is its id in any spelling: compare to see whether it is the canonical one. Throws NotFound. One query. */
export async function openPaper(db: Db, asked: string, viewerId?: string): Promise<OpenPaper> {
  const dialect = dialectOf(db);
  const readings = jsonRows(
    dialect,
    ['site', 'comments', 'read_at'],
    sql`select site, comments, read_at from external_readings where paper_id = papers.id`,
  );
  const voters = jsonRows(
    dialect,
    ['voted_at', 'id', 'name', 'full_name'],
    sql`select vote.voted_at, users.id, users.name, users.full_name from upvotes as vote
      join users on users.id = vote.user_id and users.deleted_at is null and users.banned_at is null
      where vote.paper_id = papers.id and vote.withdrawn_at is null
      order by vote.voted_at desc limit ${sql.lit(VOTERS_SHOWN)}`,
  );
  const row = await selectCards(db, viewerId)
    .leftJoin('discussion_locks', 'discussion_locks.paper_id', 'papers.id')
    .select(['submission.day as submitted_for', 'submitter.full_name as submitter_full_name'])
    .select(['discussion_locks.locked_at', 'papers.hidden_at'])
    .select((e) =>
      e
        .case()
        .when('discussion_locks.locked_at', 'is not', null)
        .then(reasonOf('paper', sql`papers.id`, 'lock'))
        .end()
        .as('locked_because'),
    )
    .select([readings.as('readings'), voters.as('voters')])
    .where('papers.id', '=', parsePaperId(asked) ?? asked)
    .executeTakeFirst();
  if (row === undefined) throw paperNotHere(asked);
  return {
    ...toCard(row),
    submission: row.submitted_for === null ? undefined : { day: row.submitted_for, by: submitterOf(row) },
    hidden: row.hidden_at !== null,
    locked: row.locked_at !== null,
    lockedBecause: row.locked_because ?? undefined,
    readings: (JSON.parse(row.readings) as [string, number | null, number][])
      .map(([site, comments, readAt]) => ({ site, comments, readAt }))
      .toSorted((a, b) => (a.site < b.site ? -1 : 1)),
    voters: (JSON.parse(row.voters) as [number, string, string, string | null][])
      .toSorted((a, b) => b[0] - a[0])
      .map(([, id, name, fullName]) => toPerson(id, name, fullName, null)),
  };
}

interface SubmitterRow {
  submitter_id: string | null;
  submitter_name: string | null;
  submitter_full_name: string | null;
}

function submitterOf({
  submitter_id: id,
  submitter_name: name,
  submitter_full_name,
}: SubmitterRow): Person | undefined {
  return id === null ? undefined : toPerson(id, name, submitter_full_name, null);
}
