/** Use cases: the author of a comment edits or deletes it; somebody reacts to one. */

import { demandWriter } from '#accounts/demand-writer.ts';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import { demandShown } from '#papers/get-paper.ts';
import type { Db, Trx } from '#schema.ts';
import { cleanBody, problemOf } from './body.ts';
import {
  changeComment,
  findComment,
  forgetAround,
  keepRevision,
  recountComments,
  saveMentions,
  setReaction,
  unsetReaction,
} from './comment-store.ts';
import { refuseManyLinks } from './link-limit.ts';
import type { Linking } from './link-limit.ts';
import { EMOJI, isEmoji } from './reactions.ts';
import { countRevisions, MOST_REVISIONS } from './revisions.ts';
import type { CommentTable } from './table.ts';
import { takeTurn } from './take-turn.ts';
import { markOf } from './text-mark.ts';
import { recountPaper } from './tally-store.ts';
import { demandOpen, findMentioned, recountAbove } from './write-comment.ts';

export interface ByAuthor {
  id: string;
  userId: string;
  now: number;
}

export interface Edit extends ByAuthor, Linking {
  /** Markdown, as it came in. */
  body: string;
  /** The mark of the text that was changed (`text-mark.ts`), where that is known. */
  was?: string | undefined;
}

/** Somebody who edits in two windows: nothing takes the place of what they have not seen. */
export class EditedMeanwhile extends AppError {
  /** What the comment says now. */
  readonly body: string;

  constructor(body: string) {
    super('conflict', 'This comment was changed meanwhile, in another window.', {
      hint: 'What it says now is below your text. Save yours to put it in its place; the other one stays in the history.',
    });
    this.body = body;
  }
}

/** What it said before is kept. The same text again changes nothing. Throws EditedMeanwhile. */
export async function editComment(
  db: Db,
  { id, userId, now, newAccountHours, body: written, was }: Edit,
): Promise<void> {
  const body = cleanBody(written);
  const problem = problemOf(body);
  if (problem !== undefined) throw invalid(problem);
  await db.transaction().execute(async (trx) => {
    const comment = await getInTurn(trx, id);
    await demandWriter(trx, userId);
    await demandShown(trx, comment.paper_id);
    refuseOthers(comment, userId, 'edit');
    if (comment.hidden_at !== null)
      throw new AppError('forbidden', 'A moderator has hidden this comment, so it cannot be changed.');
    if (comment.body === body) return;
    if (was !== undefined && was !== markOf(comment.body)) throw new EditedMeanwhile(comment.body);
    await demandOpen(trx, comment.paper_id);
    await refuseManyLinks(trx, body, { userId, newAccountHours, now });
    const kept = await countRevisions(trx, id);
    if (kept >= MOST_REVISIONS) throw editedTooOften();
    await keepRevision(trx, comment, kept + 1);
    await changeComment(trx, id, { body, edited_at: now });
    await saveMentions(trx, id, await findMentioned(trx, body));
  });
}

/** Takes the text and its history away for good. Where others answered, a place without text stays. */
export async function deleteComment(db: Db, { id, userId, now }: ByAuthor): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const comment = await getInTurn(trx, id);
    await demandWriter(trx, userId);
    if (comment.deleted_at !== null && comment.user_id === userId) return;
    refuseOthers(comment, userId, 'delete');
    await changeComment(trx, id, { body: '', deleted_at: now });
    await forgetAround(trx, id);
    await recountAbove(trx, comment);
    await recountPaper(trx, comment.paper_id, now);
  });
}

/** Sets or takes back one emoji of one person, as said; each counts once. Where the discussion is closed it can be taken back. */
export async function react(
  db: Db,
  { id, userId, emoji, on, now }: ByAuthor & { emoji: string; on: boolean },
): Promise<void> {
  if (!isEmoji(emoji))
    throw invalid(`There is no reaction “${emoji}”.`, `There are ${EMOJI.map(({ key }) => key).join(', ')}.`);
  await db.transaction().execute(async (trx) => {
    const comment = await getInTurn(trx, id);
    await demandWriter(trx, userId);
    if (comment.deleted_at !== null || comment.hidden_at !== null) throw gone();
    await demandShown(trx, comment.paper_id);
    if (on) await demandOpen(trx, comment.paper_id);
    if (on) await setReaction(trx, { commentId: id, userId, emoji, now });
    else await unsetReaction(trx, id, userId, emoji);
    await recountComments(trx, [id]);
  });
}

/** The comment, with the turn to write on its paper. Throws NotFound. */
export async function getInTurn(trx: Trx, id: string): Promise<CommentTable> {
  const found = await findComment(trx, id);
  if (found === undefined) throw gone();
  await takeTurn(trx, found.paper_id);
  // It may have changed while others had the turn.
  const current = await findComment(trx, id);
  if (current === undefined) throw gone();
  return current;
}

function refuseOthers(comment: CommentTable, userId: string, what: string): void {
  if (comment.deleted_at !== null) throw gone();
  if (comment.user_id !== userId) throw new AppError('forbidden', `Only who wrote a comment may ${what} it.`);
}

function editedTooOften(): AppError {
  return new AppError('conflict', `This comment was edited ${MOST_REVISIONS} times, which is the most.`, {
    hint: 'Answer it with what is to be added, or delete it and write a new one.',
  });
}

function gone(): AppError {
  return notFound('This comment is not here. It may have been deleted.');
}
