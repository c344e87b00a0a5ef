/** Use cases of moderators: each is one transaction, with a line in the log that says who, what and why. */

import { changeBan, changeRole } from '#accounts/change-role.ts';
import { demandModerator } from '#accounts/demand-writer.ts';
import { findUser, lockAccounts } from '#accounts/store.ts';
import type { User } from '#accounts/store.ts';
import type { Role, Viewer } from '#accounts/user.ts';
import { notFound } from '#platform/errors.ts';
import { hidePaper, unhidePaper } from '#papers/hide.ts';
import { refuseAllOf, reviveAllOf } from '#papers/request-store.ts';
import { findStoredIds } from '#papers/store.ts';
import type { Db, Trx } from '#schema.ts';
import { changeComment, listCommentsLiftedBy, recountComments } from '../comment-store.ts';
import { getInTurn } from '../change-comment.ts';
import type { ModerationAction } from '../table.ts';
import { takeAllTurns, takeTurn } from '../take-turn.ts';
import { listPapersOf, recountPaper, recountPapers } from '../tally-store.ts';
import { recountAbove } from '../write-comment.ts';
import { readReason } from './report.ts';
import { problemOfBan, problemOfRole } from './rights.ts';
import { lockDiscussion, unlockDiscussion } from '../lock-store.ts';
import { appendLog, findLastDeed, findReport, settleReports } from './store.ts';
import type { LogEntry, Target } from './store.ts';

/** Who decides on the command line; stands in the log where moderators have their id. */
export const OPERATOR = 'operator';

export interface Moderating {
  by: Pick<Viewer, 'id'> | typeof OPERATOR;
  reason: string;
  now: number;
  /** The comment from whose page it is decided: its reports are answered, and the log names it. */
  over?: OverComment | undefined;
  /** Where readers reach the site: who gets another role is mailed. */
  url?: string;
}

interface OverComment {
  commentId: string;
  paperId: string;
}

/** What came of a decision. */
export interface Outcome {
  /** False where it was so already: then nothing was written, the reason neither. */
  done: boolean;
  /** The decision that made it so, where the log has it. */
  before?: LogEntry | undefined;
}

/** The same decision by the same person for the same reason within this time is the form sent twice. */
const TWIN_MS = 10 * 60_000;

/** What was done to what: for the log. */
interface Deed {
  paperId: string | null;
  aboutUserId: string | null;
}

/** Hides, or shows again. */
export async function setHidden(db: Db, target: Target, hidden: boolean, moderating: Moderating): Promise<Outcome> {
  return await deed(db, target, hidden ? 'hide' : 'unhide', moderating, async (trx) => {
    const { by, now } = moderating;
    if (target.kind === 'comment') {
      const comment = await getInTurn(trx, target.id);
      if ((comment.hidden_at !== null) === hidden) return undefined;
      const hiding = { hidden_at: hidden ? now : null, hidden_by: hidden ? idOf(by) : null };
      await changeComment(trx, target.id, hiding);
      await recountAbove(trx, comment);
      await recountPaper(trx, comment.paper_id, now);
      return { paperId: comment.paper_id, aboutUserId: comment.user_id };
    }
    if (!(await findStoredIds(trx, [target.id])).has(target.id)) throw notFound('There is no such paper.');
    // Who votes or comments at this moment has done so before, or is refused.
    await takeTurn(trx, target.id);
    const isDone = hidden ? await hidePaper(trx, target.id, now) : await unhidePaper(trx, target.id);
    return isDone ? { paperId: target.id, aboutUserId: null } : undefined;
  });
}

/** Nothing more can be said of a paper, or it can again. */
export async function setLocked(db: Db, paperId: string, locked: boolean, moderating: Moderating): Promise<Outcome> {
  return await deed(db, { kind: 'paper', id: paperId }, locked ? 'lock' : 'unlock', moderating, async (trx) => {
    if (!(await findStoredIds(trx, [paperId])).has(paperId)) throw notFound('There is no such paper.');
    await takeTurn(trx, paperId);
    const isDone = locked
      ? await lockDiscussion(trx, { paper_id: paperId, locked_at: moderating.now, locked_by: idOf(moderating.by) })
      : await unlockDiscussion(trx, paperId);
    return isDone ? { paperId, aboutUserId: null } : undefined;
  });
}

/** There is nothing wrong with it: its reports are answered. */
export async function dismiss(db: Db, target: Target, moderating: Moderating): Promise<Outcome> {
  return await deed(db, target, 'dismiss', moderating, async (trx) => {
    const open = await findReport(trx, target, { open: true });
    return open && { paperId: open.paper_id, aboutUserId: null };
  });
}

/**
 * A banned account can read, export and leave, and is told why. What it wrote stays, until somebody hides it; its votes
 * count for nothing, and what it submitted and was not fetched yet waits, until the ban is lifted.
 */
export async function setBanned(db: Db, userId: string, banned: boolean, moderating: Moderating): Promise<Outcome> {
  return await deed(db, { kind: 'account', id: userId }, banned ? 'ban' : 'unban', moderating, async (trx, by) => {
    const { reason, now } = moderating;
    await takeAllTurns(trx);
    const user = await findUser(trx, userId);
    const problem = user && problemOfBan(by, user);
    if (problem !== undefined) throw problem;
    if (!(await changeBan(trx, userId, { banned, reason: reason.trim(), now }))) return undefined;
    if (banned) await refuseAllOf(trx, userId, reason.trim());
    else await reviveAllOf(trx, userId, now);
    await recountComments(trx, await listCommentsLiftedBy(trx, userId));
    await recountPapers(trx, await listPapersOf(trx, userId), now);
    return { paperId: null, aboutUserId: userId };
  });
}

/** Only admins may, and the operator. The last one stays one. */
export async function setRole(db: Db, userId: string, role: Role, moderating: Moderating): Promise<Outcome> {
  return await deed(db, { kind: 'account', id: userId }, `make ${role}`, moderating, async (trx, by) => {
    const problem = problemOfRole(by);
    if (problem !== undefined) throw problem;
    const isDone = await changeRole(trx, userId, { role, now: moderating.now, url: moderating.url });
    return isDone ? { paperId: null, aboutUserId: userId } : undefined;
  });
}

/** `act` gives undefined where there was nothing to do; `by` is who decides, as they are now, or undefined for the operator. */
async function deed(
  db: Db,
  target: Target,
  action: ModerationAction,
  { by, reason, now, over }: Moderating,
  act: (trx: Trx, by: User | undefined) => Promise<Deed | undefined>,
): Promise<Outcome> {
  const said = readReason(reason);
  return await db.transaction().execute(async (trx) => {
    // Two who ban or demote each other do so one after the other: the second has lost the right to.
    if (target.kind === 'account') await lockAccounts(trx);
    const done = await act(trx, await demandDecider(trx, by));
    if (done === undefined) {
      const before = await findLastDeed(trx, target, action === 'dismiss' ? undefined : action);
      const isTwin = before?.action === action && before.moderator_id === idOf(by) && before.reason === said;
      return { done: isTwin && now - before.at < TWIN_MS, before };
    }
    // A paper's turn may have been long in coming.
    if (target.kind !== 'account') await demandDecider(trx, by);
    const number = await appendLog(trx, {
      at: now,
      moderator_id: idOf(by),
      action,
      kind: target.kind,
      target_id: target.id,
      paper_id: done.paperId ?? over?.paperId ?? null,
      comment_id: over?.commentId ?? null,
      about_user_id: done.aboutUserId,
      reason: said,
    });
    await settleReports(trx, target, now, number);
    if (over !== undefined) await settleReports(trx, { kind: 'comment', id: over.commentId }, now, number);
    return { done: true };
  });
}

async function demandDecider(trx: Trx, by: Moderating['by']): Promise<User | undefined> {
  return by === OPERATOR ? undefined : await demandModerator(trx, by.id);
}

function idOf(by: Moderating['by']): string {
  return by === OPERATOR ? OPERATOR : by.id;
}
