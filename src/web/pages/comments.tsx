/** `/papers/:id/comments`: posts a comment or shows how it will look; `/papers/:id/comments/:id` leads to where one stands. */

import type { Context } from 'hono';
import { requireViewer, requireWriter, viewerOf } from '#accounts/current-viewer.ts';
import { cleanBody, problemOf } from '#discussion/body.ts';
import { EditedMeanwhile } from '#discussion/change-comment.ts';
import { findComment } from '#discussion/comment-store.ts';
import { findPageOf } from '#discussion/list-comments.ts';
import { findMentioned, NothingToAnswer, writeComment } from '#discussion/write-comment.ts';
import { markOf } from '#discussion/text-mark.ts';
import { commentPath, commentsPath, paperPath } from '#feed/addresses.ts';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import { getPaper } from '#papers/get-paper.ts';
import type { PaperId } from '#papers/paper.ts';
import { UNPROCESSABLE, wantsJson } from '../answer-type.ts';
import { discussionPath } from '../components/discussion.tsx';
import { commentHtml } from '../comment-html.ts';
import { readForm } from '../form.ts';
import { deletedComment } from '../deleted-below.ts';
import { limitDeed } from '../limit-deeds.ts';
import { commentIdIn, paperIdAbove } from '../paper-address.ts';
import type { Site } from '../site.ts';
import { draftPage } from './draft.tsx';
import type { Draft } from './draft.tsx';

export interface WrittenForm {
  /** As it came in. */
  body: string;
  replyTo: string | undefined;
  /** Of an edit: the mark of the text that it was made of. */
  was: string | undefined;
  /** Whether it is only to be looked at. */
  preview: boolean;
}

export async function readWritten(c: Context): Promise<WrittenForm> {
  const { raw } = await readForm(c);
  const [replyTo, was] = [raw('replyTo') || undefined, raw('was') || undefined];
  return { body: raw('body'), replyTo, was, preview: raw('preview') !== '' };
}

/** What is wrong is said above the form, which keeps the text. */
export async function commentForm(site: Site, c: Context): Promise<Response> {
  const paperId = paperIdAbove(c, 1);
  const written = await readWritten(c);
  const draft: Draft = { paperId, body: written.body, replyTo: written.replyTo };
  if (written.preview) return await previewed(site, c, draft);
  return await keepingText(site, c, draft, async () => {
    const viewer = requireWriter(c, commentsPath(paperId));
    demandText(written.body);
    await limitDeed(site, viewer, 'comment');
    const id = await writeComment(site.db, {
      ...written,
      paperId,
      userId: viewer.id,
      newAccountHours: site.config.NEW_ACCOUNT_HOURS,
      now: site.clock.now(),
    });
    const path = commentPath({ paperId, id });
    return wantsJson(c) ? c.json({ id, url: site.url + path }, 201, { Location: path }) : c.redirect(path, 303);
  });
}

/** Runs `save`; what can be mended in the form is told with it and the text, everything else as on every other page. */
export async function keepingText(
  site: Site,
  c: Context,
  draft: Draft,
  save: () => Promise<Response>,
): Promise<Response> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (wantsJson(c)) return refusedAsJson(c, error);
    // Otherwise the same form would be refused again and again.
    if (error instanceof NothingToAnswer)
      return await draftPage(site, c, { ...draft, replyTo: undefined }, { problem: error, before: draft.replyTo });
    if (error instanceof EditedMeanwhile)
      return await draftPage(
        site,
        c,
        { ...draft, was: markOf(error.body) },
        { problem: error, says: error.body, before: draft.was },
      );
    if (error.kind !== 'invalid' && error.kind !== 'rate-limited') throw error;
    return await draftPage(site, c, draft, { problem: error });
  }
}

/** A text that cannot be taken is no bad request; everything else is answered as on every other page. */
function refusedAsJson(c: Context, error: AppError): Response {
  if (error.kind !== 'invalid') throw error;
  const { message, hint } = error;
  return c.json({ error: message, ...(hint === undefined ? {} : { hint }) }, UNPROCESSABLE);
}

/** The text as it would be stored. Throws what is wrong with it. */
export function demandText(written: string): string {
  const body = cleanBody(written);
  const problem = problemOf(body);
  if (problem !== undefined) throw invalid(problem);
  return body;
}

/** As JSON `{ html }` for the island. Whoever looks at a preview is signed in, so that nobody renders for free. */
export async function previewed(site: Site, c: Context, draft: Draft): Promise<Response> {
  return await keepingText(site, c, draft, async () => {
    const viewer = requireViewer(c, commentsPath(draft.paperId));
    const body = demandText(draft.body);
    await limitDeed(site, viewer, 'preview');
    if (wantsJson(c)) return c.json({ html: await previewHtml(site, body) });
    return await draftPage(site, c, draft, { html: await previewHtml(site, body) });
  });
}

async function previewHtml(site: Site, body: string): Promise<string> {
  const people = await findMentioned(site.db, body);
  return commentHtml({ body, mentions: new Map([...people.keys()].map((name) => [name, name])) });
}

/** `/papers/:id/comments` has no page of its own; after a sign-in it leads to the form. */
export async function toComments(site: Site, c: Context): Promise<Response> {
  const { id } = await getPaper(site.db, paperIdAbove(c, 1));
  return c.redirect(`${paperPath(id)}#${viewerOf(c) === undefined ? 'comments' : 'write'}`, 302);
}

export async function permalink(site: Site, c: Context): Promise<Response> {
  const id = commentIdIn(c);
  const paperId = await paperOf(site, id, paperIdAbove(c, 2));
  const after = await findPageOf(site.db, paperId, id);
  const [page] = discussionPath(paperId, 'oldest', after).split('#');
  return c.redirect(`${page}#c-${id}`, 302);
}

async function paperOf(site: Site, id: string, asked: PaperId): Promise<PaperId> {
  const comment = await findComment(site.db, id);
  if (comment === undefined || comment.paper_id !== asked) throw notFound('There is no such comment.');
  if (comment.deleted_at !== null && comment.answers === 0) throw deletedComment(comment.paper_id);
  return comment.paper_id;
}
