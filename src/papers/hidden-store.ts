/** SQL on what is put away of hidden papers: their days, their organization and their place in an edition. */

import type { Db, Trx } from '#schema.ts';
import type { PaperId } from './paper.ts';
import type { HiddenPaperTable, SubmissionTable } from './table.ts';

/** What lists were made of. */
export type PutAway = Pick<HiddenPaperTable, 'announced_on' | 'organization_slug'> & {
  submission: SubmissionTable | undefined;
};

export async function putAway(trx: Trx, id: PaperId, { submission, ...rest }: PutAway): Promise<void> {
  const kept = submission === undefined ? null : JSON.stringify(submission);
  await trx
    .insertInto('hidden_papers')
    .values({ paper_id: id, ...rest, submission: kept })
    .execute();
}

/** Takes it out. Undefined if the paper is not hidden. */
export async function takeOut(trx: Trx, id: PaperId): Promise<PutAway | undefined> {
  const row = await trx.deleteFrom('hidden_papers').where('paper_id', '=', id).returningAll().executeTakeFirst();
  return row && { announced_on: row.announced_on, organization_slug: row.organization_slug, submission: read(row) };
}

/** Submissions of one person that are put away. Hidden papers are few. */
export async function listPutAwayOf(db: Db, userId: string): Promise<SubmissionTable[]> {
  const rows = await db
    .selectFrom('hidden_papers')
    .select('submission')
    .where('submission', 'is not', null)
    .orderBy('paper_id')
    .execute();
  return rows.flatMap((row) => read(row) ?? []).filter(({ user_id }) => user_id === userId);
}

function read({ submission }: Pick<HiddenPaperTable, 'submission'>): SubmissionTable | undefined {
  return submission === null ? undefined : (JSON.parse(submission) as SubmissionTable);
}
