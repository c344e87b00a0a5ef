/** SQL on the history of links that people set. */

import type { Db, Trx } from '#schema.ts';
import type { PaperId } from './paper.ts';
import type { PaperLinkEditTable } from './table.ts';

/** Nobody else may write edits of the paper meanwhile: hold `lockPapers`. */
export async function appendLinkEdit(trx: Trx, edit: Omit<PaperLinkEditTable, 'number'>): Promise<void> {
  const { last } = await trx
    .selectFrom('paper_link_edits')
    .select((e) => e.fn.max('number').as('last'))
    .where('paper_id', '=', edit.paper_id)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('paper_link_edits')
    .values({ ...edit, number: (last ?? 0) + 1 })
    .execute();
}

/** Newest first. */
export async function listLinkEdits(db: Db, paperId: PaperId, limit: number): Promise<PaperLinkEditTable[]> {
  return await db
    .selectFrom('paper_link_edits')
    .selectAll()
    .where('paper_id', '=', paperId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** All of a person's, oldest first. */
export async function listLinkEditsOf(db: Db, userId: string): Promise<PaperLinkEditTable[]> {
  return await db
    .selectFrom('paper_link_edits')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('edited_at')
    .execute();
}
