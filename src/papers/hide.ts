/**
 * Hides a paper and brings it back. What lists are made of is put away meanwhile (its days, its place in an edition, its
 * rows by author, category and organization), so that no list and no count has to know of hidden papers.
 */

import type { Trx } from '#schema.ts';
import type { PaperId } from './paper.ts';
import { changePaper, lockPapers } from './save.ts';
import { findRows } from './store.ts';
import { appendSubmission, findSubmission } from './submission-store.ts';
import type { SubmissionTable } from './table.ts';

/** False if there is no such paper, or it is hidden already. */
export async function hidePaper(trx: Trx, id: PaperId, now: number): Promise<boolean> {
  await lockPapers(trx);
  const row = (await findRows(trx, [id])).get(id);
  if (row === undefined || row.hidden_at !== null) return false;
  const submission = await findSubmission(trx, id);
  await trx
    .insertInto('hidden_papers')
    .values({
      paper_id: id,
      announced_on: row.announced_on,
      organization_slug: row.organization_slug,
      submission: submission === undefined ? null : JSON.stringify(submission),
    })
    .execute();
  await trx.deleteFrom('submissions').where('paper_id', '=', id).execute();
  return await changePaper(trx, id, { hidden_at: now, announced_on: null, organization_slug: null });
}

/** As it was. Where its place in the edition was taken meanwhile it stands last. */
export async function unhidePaper(trx: Trx, id: PaperId): Promise<boolean> {
  await lockPapers(trx);
  const kept = await trx.selectFrom('hidden_papers').selectAll().where('paper_id', '=', id).executeTakeFirst();
  if (kept === undefined) return false;
  const { announced_on, organization_slug } = kept;
  await changePaper(trx, id, { hidden_at: null, announced_on, organization_slug });
  if (kept.submission !== null) await bringBack(trx, JSON.parse(kept.submission) as SubmissionTable);
  await trx.deleteFrom('hidden_papers').where('paper_id', '=', id).execute();
  return true;
}

async function bringBack(trx: Trx, submission: SubmissionTable): Promise<void> {
  const taken = await trx
    .selectFrom('submissions')
    .select('paper_id')
    .where('day', '=', submission.day)
    .where('position', '=', submission.position)
    .executeTakeFirst();
  if (taken === undefined) await trx.insertInto('submissions').values(submission).execute();
  else await appendSubmission(trx, submission);
}
