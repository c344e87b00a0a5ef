/** Use case: somebody comments on a paper, or answers a comment. */

import { demandWriter } from '#accounts/demand-writer.ts';
import { findUsersByName } from '#accounts/store.ts';
import { AppError, invalid } from '#platform/errors.ts';
import type { PaperId } from '#papers/paper.ts';
import { demandShown } from '#papers/get-paper.ts';
import type { Db, Trx } from '#schema.ts';
import { cleanBody, problemOf } from './body.ts';
import { isCommentId, newCommentId } from './comment-id.ts';
import { findComment, findTwin, insertComment, recountComments, saveMentions } from './comment-store.ts';
import { refuseManyLinks } from './link-limit.ts';
import type { Linking } from './link-limit.ts';
import { isLocked } from './lock-store.ts';
import { closedWords } from './moderation/closed-words.ts';
import { findReasonToldOf } from './moderation/store.ts';
import { mentionedNames } from './markdown/render.ts';
import type { CommentTable } from './table.ts';
import { takeTurn } from './take-turn.ts';
import { recountPaper } from './tally-store.ts';

export interface NewComment extends Linking {
  paperId: PaperId;
  /** Markdown, as it came in. */
  body: string;
  /** The comment that is answered. */
  replyTo?: string | undefined;
}

/** What was to be answered is deleted or hidden; the text can stand by itself. */
export class NothingToAnswer extends AppError {
  constructor() {
    super('conflict', 'The comment that you answer is no longer there.', { hint: 'Post it as a comment of its own.' });
  }
}

/** The same text again within this time is the same form sent twice: a double click, or a reload after a lost answer. */
const TWIN_MS = 10 * 60_000;
/** More names than this are read as text: nobody calls a crowd. */
const MOST_MENTIONS = 20;

/** Returns the comment's id; that of the first where the same is sent twice. Throws an AppError that says what to mend. */
export async function writeComment(db: Db, comment: NewComment): Promise<string> {
  const body = cleanBody(comment.body);
  const problem = problemOf(body);
  if (problem !== undefined) throw invalid(problem);
  return await db.transaction().execute(async (trx) => {
    const { paperId, now } = comment;
    await takeTurn(trx, paperId);
    await demandWriter(trx, comment.userId);
    await demandShown(trx, paperId);
    await demandOpen(trx, paperId);
    const row = place(await answered(trx, comment), comment, body);
    const twin = await findTwin(trx, row, now - TWIN_MS);
    if (twin !== undefined) return twin;
    await refuseManyLinks(trx, body, comment);
    await insertComment(trx, row);
    await saveMentions(trx, row.id, await findMentioned(trx, body));
    await recountAbove(trx, row);
    await recountPaper(trx, paperId, now);
    return row.id;
  });
}

/** Throws Forbidden where a moderator has closed the discussion, with the reason. */
export async function demandOpen(trx: Trx, paperId: PaperId): Promise<void> {
  if (!(await isLocked(trx, paperId))) return;
  throw new AppError('forbidden', closedWords(await findReasonToldOf(trx, { kind: 'paper', id: paperId }, 'lock')), {
    hint: 'What was said can be read and taken back; nothing can be added.',
  });
}

/** Lower-case names in the text that somebody has -> who. */
export async function findMentioned(db: Db, body: string): Promise<Map<string, string>> {
  const people = await findUsersByName(db, mentionedNames(body).slice(0, MOST_MENTIONS));
  return new Map([...people].map(([name, { id }]) => [name, id]));
}

/** Counts of the comments that it answers, or answered. */
export async function recountAbove(trx: Trx, row: CommentTable): Promise<void> {
  if (row.is_reply === 0) return;
  await recountComments(trx, row.reply_to === null ? [row.thread_id] : [row.thread_id, row.reply_to]);
}

async function answered(trx: Trx, { paperId, replyTo }: NewComment): Promise<CommentTable | undefined> {
  if (replyTo === undefined || replyTo === '') return undefined;
  const found = isCommentId(replyTo) ? await findComment(trx, replyTo) : undefined;
  if (found?.paper_id === paperId && found.deleted_at === null && found.hidden_at === null) return found;
  throw new NothingToAnswer();
}

/** Threads have one level: an answer to a reply stands below the comment that began the thread, and says whom it answers. */
function place(above: CommentTable | undefined, { paperId, userId, now }: NewComment, body: string): CommentTable {
  const id = newCommentId(now);
  return {
    id,
    paper_id: paperId,
    user_id: userId,
    thread_id: above?.thread_id ?? id,
    is_reply: above === undefined ? 0 : 1,
    reply_to: above?.is_reply === 1 ? above.id : null,
    body,
    created_at: now,
    edited_at: null,
    deleted_at: null,
    hidden_at: null,
    hidden_by: null,
    answers: 0,
    score: 0,
  };
}
