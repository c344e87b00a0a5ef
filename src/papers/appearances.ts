/** When papers appeared, and who brought them: what rankings need to know of papers. */

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

function selectAppearances(db: Db) {
  return db
    .selectFrom('papers')
    .leftJoin('submissions', 'submissions.paper_id', 'papers.id')
    .select(['papers.seq', 'papers.id', 'change_no', 'versions', 'published_on', 'announced_on'])
    .select(['submissions.day', 'submissions.user_id']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAppearances>['execute']>>[number];

function toAppearance({ seq, id, change_no, versions, published_on, announced_on, day, user_id }: Row): Appearance {
  return {
    seq,
    id,
    changeNo: change_no,
    publishedAt: firstVersionAt(versions) ?? dayToEpoch(published_on),
    day: day ?? announced_on ?? published_on,
    submitterId: user_id,
  };
}

/** `[[1, epoch ms], …]`: read as text, because of a hundred thousand papers nothing else of it is wanted. */
function firstVersionAt(versions: string): number | undefined {
  const match = /^\[\[1,(\d+)\]/.exec(versions);
  return match === null ? undefined : Number(match[1]);
}
