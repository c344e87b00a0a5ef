/** The paper that a reader names, in whatever spelling of its id. Hidden ones are not here. */

import { AppError } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import { parsePaperId } from './ids.ts';
import type { Paper, PaperId } from './paper.ts';
import { selectPapers, toPaper } from './store.ts';

/** Throws NotFound with a hint for people. Compare the paper's id to see whether `asked` is its one canonical spelling. */
export async function getPaper(db: Db, asked: string): Promise<Paper> {
  const row = await selectPapers(db)
    .where('papers.id', '=', parsePaperId(asked) ?? asked)
    .where('papers.hidden_at', 'is', null)
    .executeTakeFirst();
  if (row) return toPaper(row);
  throw paperNotHere(asked);
}

/** Throws the same NotFound unless readers can see the paper: for use cases, under the lock that `hidePaper` is called with. */
export async function demandShown(db: Db, id: PaperId): Promise<void> {
  const row = await shownPaper(db, id).select('id').executeTakeFirst();
  if (row === undefined) throw paperNotHere(id);
}

/** No row of `papers` where `demandShown` would throw: for statements that are to write only what it would let through. */
export function shownPaper(db: Db, id: PaperId) {
  return db.selectFrom('papers').where('papers.id', '=', id).where('papers.hidden_at', 'is', null);
}

/** Of a paper that was never here, or is hidden. */
export class PaperNotHere extends AppError {
  /** The id as somebody wrote it. */
  readonly asked: string;

  constructor(asked: string) {
    super('not-found', `The paper “${asked}” is not here.`, { hint: 'Ids look like 2310.02541 or hep-th/9110025.' });
    this.asked = asked;
  }
}

/** Whether it was here before a moderator hid it. */
export async function wasHidden(db: Db, { asked }: PaperNotHere): Promise<boolean> {
  const row = await db
    .selectFrom('papers')
    .select('id')
    .where('papers.id', '=', parsePaperId(asked) ?? asked)
    .where('papers.hidden_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** `asked` is the id as somebody wrote it. */
export function paperNotHere(asked: string): PaperNotHere {
  return new PaperNotHere(asked);
}
