/** A person submits a paper: it is placed in today's edition, waits to be fetched, or is refused with the reason. */

import type { Day } from '#platform/day.ts';
import type { Db, Trx } from '#schema.ts';
import type { AskWriter } from './ask-writer.ts';
import { isArxivId, parsePaperId } from './ids.ts';
import type { PaperId } from './paper.ts';
import { countWaiting, deleteRequest, findRequest, saveRequest } from './request-store.ts';
import { lockPapers } from './save.ts';
import { findPaper, findRows } from './store.ts';
import { refuseAge, refuseByMonth } from './submission.ts';
import type { Refusal, SubmissionRules } from './submission.ts';
import { appendSubmission, countSubmissions, findSubmission } from './submission-store.ts';

export interface Submitting {
  /** An id or address in whatever spelling. */
  text: string;
  by: AskWriter;
  /** Whether the window is not to bind; a moderator may ask for that. */
  anyAge: boolean;
  /** The day whose edition is being made. */
  today: Day;
  now: number;
  rules: SubmissionRules;
}

export type Submitted =
  | { outcome: 'placed' | 'waiting'; id: PaperId }
  | { outcome: 'refused'; refusal: Refusal; id?: PaperId };

/**
 * A request is left to whoever made it for this long, so that the job does not ask for the same paper at the same time.
 * Longer than a form waits; after a crash the job takes over.
 */
const HELD_MS = 30_000;

/** One transaction. Repeating it changes nothing: it is refused because the paper is there, or goes on waiting. */
export async function submit(db: Db, submitting: Submitting): Promise<Submitted> {
  const id = parsePaperId(submitting.text);
  if (id === undefined) return { outcome: 'refused', refusal: { why: 'unreadable', text: submitting.text.trim() } };
  return await db.transaction().execute(async (trx) => await submitPaper(trx, id, submitting));
}

async function submitPaper(trx: Trx, id: PaperId, submitting: Submitting): Promise<Submitted> {
  const { today, now, rules } = submitting;
  await lockPapers(trx); // two forms at once must not both be the last one of the day
  const { id: userId, isModerator, formerIds = [] } = await submitting.by(trx);
  const anyAge = submitting.anyAge && isModerator;
  const paper = await findPaper(trx, id);
  const refusal =
    (await refusePlace(trx, id)) ??
    (paper === undefined && !isArxivId(id) ? ({ why: 'elsewhere', id } as const) : undefined) ??
    (anyAge ? undefined : paper ? refuseAge(paper, rules, today) : refuseByMonth(id, rules, today));
  if (refusal) return { outcome: 'refused', refusal, id };
  const known = await findRequest(trx, { userId, paperId: id });
  const isWaiting = known !== undefined && known.next_at !== null;
  if (isWaiting && paper === undefined) return { outcome: 'waiting', id };
  const placed = await countSubmissions(trx, [userId, ...formerIds], today);
  const taken = placed + (await countWaiting(trx, userId)) - Number(isWaiting);
  if (taken >= rules.perDay) return { outcome: 'refused', refusal: { why: 'too-many', perDay: rules.perDay }, id };
  if (paper) {
    await place(trx, { id, userId, day: today, now });
    return { outcome: 'placed', id };
  }
  await saveRequest(trx, {
    paper_id: id,
    user_id: userId,
    asked_at: now,
    any_age: Number(anyAge),
    next_at: now + HELD_MS,
    attempts: 0,
    problem: null,
  });
  return { outcome: 'waiting', id };
}

/** Once per paper. */
export async function refusePlace(trx: Trx, id: PaperId): Promise<Refusal | undefined> {
  const before = await findSubmission(trx, id);
  if (before === undefined && (await findRows(trx, [id])).get(id)?.hidden_at) return { why: 'hidden', id };
  return before && { why: 'submitted', id, day: before.day, userId: before.user_id };
}

/** Under `lockPapers`; what the person waited for is done with it. */
export async function place(
  trx: Trx,
  { id, userId, day, now }: { id: PaperId; userId: string; day: Day; now: number },
): Promise<void> {
  await appendSubmission(trx, { paper_id: id, day, submitted_at: now, user_id: userId });
  await deleteRequest(trx, { user_id: userId, paper_id: id });
}

/** A person no longer wants a submission that waits, or has read why it was refused. Whether there was one. */
export async function takeBack(db: Db, { userId, paperId }: { userId: string; paperId: PaperId }): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await lockPapers(trx); // it may be placed at this moment
    if ((await findRequest(trx, { userId, paperId })) === undefined) return false;
    await deleteRequest(trx, { user_id: userId, paper_id: paperId });
    return true;
  });
}
