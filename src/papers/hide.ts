/**
 * Hides a paper and brings it back. What lists are made of is put away meanwhile (its days, its place in an edition, its
 * rows by author, category and organization), so that no list and no count has to know of hidden papers.
 */

import type { Trx } from '#schema.ts';
import { putAway, takeOut } from './hidden-store.ts';
import type { PaperId } from './paper.ts';
import { changePaper, lockPapers } from './save.ts';
import { findRows } from './store.ts';
import { bringBackSubmission, takeSubmission } from './submission-store.ts';

/** False if there is no such paper, or it is hidden already. */
export async function hidePaper(trx: Trx, id: PaperId, now: number): Promise<boolean> {
  await lockPapers(trx);
  const row = (await findRows(trx, [id])).get(id);
  if (row === undefined || row.hidden_at !== null) return false;
  const { announced_on, organization_slug } = row;
  await putAway(trx, id, { announced_on, organization_slug, submission: await takeSubmission(trx, id) });
  return await changePaper(trx, id, { hidden_at: now, announced_on: null, organization_slug: null });
}

/** As it was. Where its place in the edition was taken meanwhile it stands last. False if it is not hidden. */
export async function unhidePaper(trx: Trx, id: PaperId): Promise<boolean> {
  await lockPapers(trx);
  const kept = await takeOut(trx, id);
  if (kept === undefined) return false;
  const { announced_on, organization_slug, submission } = kept;
  await changePaper(trx, id, { hidden_at: null, announced_on, organization_slug });
  if (submission !== undefined) await bringBackSubmission(trx, submission);
  return true;
}
