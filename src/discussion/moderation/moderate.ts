/** Use cases of moderators: each is one transaction, with a line in the log that says who, what and why. */

import { changeBan, changeRole } from '#accounts/change-role.ts';
import { demandModerator } from '#accounts/demand-writer.ts';
import { findUser, lockAccounts } from '#accounts/store.ts';
import type { User } from '#accounts/store.ts';
import { isModerator } from '#accounts/user.ts';
import type { Role, Viewer } from '#accounts/user.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { hidePaper, unhidePaper } from '#papers/hide.ts';
import { refuseAllOf } from '#papers/request-store.ts';
import { findStoredIds } from '#papers/store.ts';
import type { Db, Trx } from '#schema.ts';
import { changeComment } from '../comment-store.ts';
import { getInTurn } from '../change-comment.ts';
import type { ModerationAction } from '../table.ts';
import { takeAllTurns, takeTurn } from '../take-turn.ts';
import { listPapersOf, recountPaper } from '../tally-store.ts';
import { recountAbove } from '../write-comment.ts';
import { readReason } from './report.ts';
import { lockDiscussion, unlockDiscussion } from '../lock-store.ts';
import { appendLog, findOpenReport, settleReports } from './store.ts';
import type { Target } from './store.ts';

/** Who decides on the command line; stands in the log where moderators have their id. */
export const OPERATOR = 'operator';

export interface Moderating {
  by: Pick<Viewer, 'id'> | typeof OPERATOR;
  reason: string;
  now: number;
  /** The comment from whose page it is decided: its reports are answered, and the log names it. */
  over?: OverComment | undefined;
}

interface OverComment {
  commentId: string;
  paperId: string;
}

/** What was done to what: for the log. */
interface Deed {
  paperId: string | null;
  aboutUserId: string | null;
}

/** Hides, or shows again. What is so already stays so, and is not logged twice. */
export async function setHidden(db: Db, target: Target, hidden: boolean, moderating: Moderating): Promise<void> {
  await deed(db, target, hidden ? 'hide' : 'unhide', moderating, async (trx) => {
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
export async function setLocked(db: Db, paperId: string, locked: boolean, moderating: Moderating): Promise<void> {
  await deed(db, { kind: 'paper', id: paperId }, locked ? 'lock' : 'unlock', moderating, async (trx) => {
    if (!(await findStoredIds(trx, [paperId])).has(paperId)) throw notFound('There is no such paper.');
    await takeTurn(trx, paperId);
    const isDone = locked
      ? await lockDiscussion(trx, { paper_id: paperId, locked_at: moderating.now, locked_by: idOf(moderating.by) })
      : await unlockDiscussion(trx, paperId);
    return isDone ? { paperId, aboutUserId: null } : undefined;
  });
}

/** There is nothing wrong with it: its reports are answered. */
export async function dismiss(db: Db, target: Target, moderating: Moderating): Promise<void> {
  await deed(db, target, 'dismiss', moderating, async (trx) => {
    const open = await findOpenReport(trx, target);
    return open && { paperId: open.paper_id, aboutUserId: null };
  });
}

/**
 * A banned account can read, export and leave, and is told why. What it wrote stays, until somebody hides it; its votes
 * count for nothing until the ban is lifted.
 */
export async function setBanned(db: Db, userId: string, banned: boolean, moderating: Moderating): Promise<void> {
  await deed(db, { kind: 'account', id: userId }, banned ? 'ban' : 'unban', moderating, async (trx, by) => {
    const { reason, now } = moderating;
    if (userId === by?.id) throw new AppError('conflict', 'Nobody can ban themselves.');
    await takeAllTurns(trx);
    const user = await findUser(trx, userId);
    if (user !== undefined && isModerator(user) && by?.role !== 'admin')
      throw new AppError('forbidden', 'Only an admin can ban a moderator.', { hint: 'Ask an admin.' });
    if (!(await changeBan(trx, userId, { banned, reason: reason.trim(), now }))) return undefined;
    if (banned) await refuseAllOf(trx, userId, `The account was banned: ${reason.trim()}`);
    for (const paperId of await listPapersOf(trx, userId)) await recountPaper(trx, paperId, now);
    return { paperId: null, aboutUserId: userId };
  });
}

/** Only admins may, and the operator. The last one stays one. */
export async function setRole(db: Db, userId: string, role: Role, moderating: Moderating): Promise<void> {
  await deed(db, { kind: 'account', id: userId }, `make ${role}`, moderating, async (trx, by) => {
    if (by !== undefined && by.role !== 'admin')
      throw new AppError('forbidden', 'Only an admin can change what somebody may do.');
    const isDone = await changeRole(trx, userId, role, moderating.now);
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
): Promise<void> {
  const said = readReason(reason);
  await db.transaction().execute(async (trx) => {
    // Two who ban or demote each other do so one after the other: the second has lost the right to.
    if (target.kind === 'account') await lockAccounts(trx);
    const done = await act(trx, await demandDecider(trx, by));
    if (done === undefined) return;
    // A paper's turn may have been long in coming.
    if (target.kind !== 'account') await demandDecider(trx, by);
    await settleReports(trx, target, now);
    if (over !== undefined) await settleReports(trx, { kind: 'comment', id: over.commentId }, now);
    await appendLog(trx, {
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
  });
}

async function demandDecider(trx: Trx, by: Moderating['by']): Promise<User | undefined> {
  return by === OPERATOR ? undefined : await demandModerator(trx, by.id);
}

function idOf(by: Moderating['by']): string {
  return by === OPERATOR ? OPERATOR : by.id;
}
