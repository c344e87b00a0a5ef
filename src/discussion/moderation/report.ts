/** Use case: somebody reports a comment or a paper to the moderators. */

import { demandWriter } from '#accounts/demand-writer.ts';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import { demandShown } from '#papers/get-paper.ts';
import { findPaper } from '#papers/store.ts';
import type { Db } from '#schema.ts';
import { findComment } from '../comment-store.ts';
import { lockReports, saveReport } from './store.ts';
import type { Target } from './store.ts';

/** A sentence or three. */
export const REASON_LIMIT = 500;

export interface Reporting extends Target {
  userId: string;
  reason: string;
  now: number;
}

/**
 * `new`, or `changed` where the same person's report on it waited already. `tellOfReports` mails the moderators. Throws
 * AppErrors that say what to mend.
 */
export async function report(db: Db, { kind, id, userId, reason, now }: Reporting): Promise<'new' | 'changed'> {
  const said = readReason(reason);
  return await db.transaction().execute(async (trx) => {
    await lockReports(trx);
    await demandWriter(trx, userId);
    const comment = kind === 'comment' ? await findComment(trx, id) : undefined;
    const paper = await findPaper(trx, comment?.paper_id ?? id);
    if (paper === undefined || (kind === 'comment' && comment?.deleted_at !== null))
      throw notFound('It is no longer here.');
    await demandShown(trx, paper.id);
    if (comment?.user_id === userId) throw ownComment();
    const told = { kind, target_id: id, user_id: userId, paper_id: paper.id, reason: said, reported_at: now };
    return await saveReport(trx, told);
  });
}

export function ownComment(): AppError {
  return new AppError('conflict', 'This is your own comment.', { hint: 'You can edit or delete it.' });
}

/** What is wrong with a reason, for a report or a decision, and what would be right; undefined if nothing is. */
export function problemOfReason(text: string): string | undefined {
  const { length } = text.trim();
  if (length === 0) return 'The reason is missing. Say in a sentence why.';
  return length > REASON_LIMIT ? `The reason has ${length} characters. Say it in at most ${REASON_LIMIT}.` : undefined;
}

/** What was written, or an AppError with the problem. */
export function readReason(text: string): string {
  const problem = problemOfReason(text);
  if (problem !== undefined) throw invalid(problem);
  return text.trim();
}
