/** Below `/papers/:id/comments/:id`: edit, delete and react. */

import type { Context } from 'hono';
import { requireViewer, requireWriter } from '#accounts/current-viewer.ts';
import type { Viewer } from '#accounts/user.ts';
import { deleteComment, editComment, react } from '#discussion/change-comment.ts';
import { findComment } from '#discussion/comment-store.ts';
import { findCommentView } from '#discussion/list-comments.ts';
import { isLocked } from '#discussion/lock-store.ts';
import { closedWords } from '#discussion/moderation/closed-words.ts';
import { findReasonToldOf } from '#discussion/moderation/store.ts';
import type { CommentTable } from '#discussion/table.ts';
import { markOf } from '#discussion/text-mark.ts';
import { commentPath, paperPath } from '#feed/addresses.ts';
import { exactTime } from '#platform/dates.ts';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import { print } from '#platform/jsx/jsx-runtime.ts';
import { wantsJson } from '../answer-type.ts';
import { Reactions } from '../components/reactions.tsx';
import { markForms } from '../form-owner.ts';
import { readForm } from '../form.ts';
import { deletedComment } from '../deleted-below.ts';
import { limitDeed } from '../limit-deeds.ts';
import { commentIdIn, paperIdAbove } from '../paper-address.ts';
import type { Site } from '../site.ts';
import { wayBack } from '../way-back.ts';
import { demandText, keepingText, previewed, readWritten } from './comments.tsx';
import { draftPage } from './draft.tsx';

export async function editPage(site: Site, c: Context): Promise<Response> {
  const viewer = requireViewer(c);
  const comment = await getComment(site, c);
  refuseOthers(comment, viewer);
  const { id: edits, paper_id: paperId, body } = comment;
  const fixed = await whyFixed(site, comment);
  return await draftPage(site, c, { paperId, body, edits, was: markOf(body) }, fixed === undefined ? {} : { fixed });
}

/** Why it stays as it is, or is deleted. */
async function whyFixed({ db }: Site, { id, paper_id, hidden_at }: CommentTable): Promise<string | undefined> {
  if (hidden_at !== null) {
    const reason = await findReasonToldOf(db, { kind: 'comment', id }, 'hide');
    const why = reason === undefined ? '' : ` The reason: “${reason}”.`;
    return `This comment was hidden by a moderator on ${exactTime(hidden_at)}.${why} Nobody else reads it. It cannot be changed; you can delete it.`;
  }
  if (!(await isLocked(db, paper_id))) return undefined;
  const closed = closedWords(await findReasonToldOf(db, { kind: 'paper', id: paper_id }, 'lock'));
  return `${closed} The comment stays as it is, or is deleted.`;
}

export async function editForm(site: Site, c: Context): Promise<Response> {
  const comment = await getComment(site, c);
  const { id, paper_id: paperId } = comment;
  const { body, preview, was } = await readWritten(c);
  const draft = { paperId, body, edits: id, was };
  if (preview) return await previewed(site, c, draft);
  return await keepingText(site, c, draft, async () => {
    const viewer = requireWriter(c, `${commentPath({ paperId, id })}/edit`);
    demandText(body);
    await limitDeed(site, viewer, 'edit');
    const newAccountHours = site.config.NEW_ACCOUNT_HOURS;
    await editComment(site.db, { id, userId: viewer.id, newAccountHours, body, was, now: site.clock.now() });
    return done(c, commentPath({ paperId, id }));
  });
}

export async function deleteForm(site: Site, c: Context): Promise<Response> {
  const { id, paper_id: paperId } = await getComment(site, c);
  const viewer = requireWriter(c, commentPath({ paperId, id }));
  await deleteComment(site.db, { id, userId: viewer.id, now: site.clock.now() });
  return done(c, `${paperPath(paperId)}#comments`);
}

export async function reactForm(site: Site, c: Context): Promise<Response> {
  const { id, paper_id: paperId } = await getComment(site, c);
  const viewer = requireWriter(c, commentPath({ paperId, id }));
  const form = await readForm(c);
  const [on, off] = [form.text('on'), form.text('off')];
  if ((on === '') === (off === '')) throw invalid('The form does not say what to do.', 'Send on=agree, or off=agree.');
  await react(site.db, { id, userId: viewer.id, emoji: on || off, on: on !== '', now: site.clock.now() });
  if (wantsJson(c)) return await reactionsAnswer(site, c, id, viewer);
  return done(c, `${wayBack(site, c, paperPath(paperId))}#c-${id}`);
}

/** What there is now, and the form of it for the island. */
async function reactionsAnswer(site: Site, c: Context, id: string, viewer: Viewer): Promise<Response> {
  const comment = await findCommentView(site.db, id, viewer.id);
  if (comment === undefined) throw notFound('There is no such comment.');
  const { reactions } = comment;
  const form = <Reactions comment={comment} viewer={viewer} />;
  return c.json({ id, reactions, html: markForms(print(form), viewer.id) });
}

function done(c: Context, path: string): Response {
  return wantsJson(c) ? c.body(null, 204) : c.redirect(path, 303);
}

async function getComment(site: Site, c: Context): Promise<CommentTable> {
  const comment = await findComment(site.db, commentIdIn(c));
  // Below another paper there is none, as for who reads.
  if (comment?.paper_id !== paperIdAbove(c, 3)) throw notFound('There is no such comment.');
  if (comment.deleted_at !== null) throw deletedComment(comment.paper_id);
  return comment;
}

function refuseOthers(comment: CommentTable, viewer: Viewer): void {
  if (comment.user_id !== viewer.id) throw new AppError('forbidden', 'Only who wrote a comment may edit it.');
}
