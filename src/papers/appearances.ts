/** When papers appeared, and who brought them: what rankings need to know of papers. */

import { sql } from 'kysely';
import { inList } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { dayToEpoch } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import type { PaperId } from './paper.ts';

export interface Appearance {
  /** `papers.seq` */
  seq: number;
  id: PaperId;
  /** `papers.change_no` */
  changeNo: number;
  /** Epoch ms of the first version; where only its day is known, the day's beginning (UTC). */
  publishedAt: number;
  /** The day under which it stands here: for which it was submitted, or on which it was announced, or published. */
  day: Day;
  /** `users.id` of who submitted it; null where nobody of here did. */
  submitterId: string | null;
  /** By a moderator: it is to stand nowhere. */
  hidden: boolean;
}

/** Papers changed after `changeNo`, in that order. One index range. */
export async function listAppearancesAfter(db: Db, changeNo: number, limit: number): Promise<Appearance[]> {
  const rows = await selectAppearances(db)
    .where('change_no', '>', changeNo)
    .orderBy('change_no')
    .limit(limit)
    .execute();
  return rows.map(toAppearance);
}

/** All papers, in the order of their ids, beyond one and up to and including another. One index range. */
export async function listAppearancesBeyond(db: Db, id: PaperId, limit: number, upTo?: PaperId): Promise<Appearance[]> {
  let query = selectAppearances(db).where('papers.id', '>', id).orderBy('papers.id').limit(limit);
  if (upTo !== undefined) query = query.where('papers.id', '<=', upTo);
  return (await query.execute()).map(toAppearance);
}

/** Ids that cut all papers, in the order of their ids, into parts of the same size: one fewer, or none where papers are few. */
export async function listCuts(db: Db, parts: number): Promise<PaperId[]> {
  const { count } = await db
    .selectFrom('papers')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const size = Math.ceil(Number(count) / parts);
  const cuts: PaperId[] = [];
  for (let place = size; place < Number(count); place += size) {
    const { id } = await db
      .selectFrom('papers')
      .select('id')
      .orderBy('id')
      .offset(place - 1)
      .limit(1)
      .executeTakeFirstOrThrow();
    cuts.push(id);
  }
  return cuts;
}

/** In any order; ids that are not stored are left out. */
export async function findAppearances(db: Db, ids: readonly PaperId[]): Promise<Appearance[]> {
  if (ids.length === 0) return [];
  const rows = await selectAppearances(db)
    .where(inList(dialectOf(db), 'papers.id', ids))
    .execute();
  return rows.map(toAppearance);
}

/** Papers submitted for this day or a later one. One index range. */
export async function listAppearancesSubmitted(db: Db, from: Day): Promise<Appearance[]> {
  const rows = await selectAppearances(db).where('submissions.day', '>=', from).execute();
  return rows.map(toAppearance);
}

/** Characters of `versions` that hold the first one. */
const FIRST_VERSION = 24;

function selectAppearances(db: Db) {
  return db
    .selectFrom('papers')
    .leftJoin('submissions', 'submissions.paper_id', 'papers.id')
    .select(['papers.seq', 'papers.id', 'change_no', 'published_on', 'announced_on', 'hidden_at'])
    .select(sql<string>`substr(versions, 1, ${sql.lit(FIRST_VERSION)})`.as('first_version'))
    .select(['submissions.day', 'submissions.user_id']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAppearances>['execute']>>[number];

function toAppearance(row: Row): Appearance {
  return {
    seq: row.seq,
    id: row.id,
    changeNo: row.change_no,
    publishedAt: firstVersionAt(row.first_version) ?? dayToEpoch(row.published_on),
    day: row.day ?? row.announced_on ?? row.published_on,
    submitterId: row.user_id,
    hidden: row.hidden_at !== null,
  };
}

/** `[[1,epoch ms],…`: read as text, because of a hundred thousand papers nothing else of it is wanted. */
function firstVersionAt(versions: string): number | undefined {
  const match = /^\[\[1,(\d+)\]/.exec(versions);
  return match === null ? undefined : Number(match[1]);
}
