/** The site map's part on what people say of papers. */

import type { Hono } from 'hono';
import { historyPage } from './pages/comment-history.tsx';
import { commentForm, permalink, toComments } from './pages/comments.tsx';
import { deleteForm, editForm, editPage, reactForm } from './pages/edit-comment.tsx';
import { upvoteAfterSignIn, upvoteForm } from './pages/upvote.tsx';
import { votersPage } from './pages/voters.tsx';
import { belowPaper } from './paper-address.ts';
import { limitForm, MOST_FORM_BYTES } from './limit-form.ts';
import type { Site } from './site.ts';

const writtenForm = limitForm(MOST_FORM_BYTES, 'Divide it into several comments.');

/** To be called before `/papers/:id`, which takes whatever is left. */
export function addDiscussionRoutes(app: Hono, site: Site): void {
  const comment = 'comments/[^/]+';
  app.get(belowPaper('upvote'), (c) => upvoteAfterSignIn(site, c));
  app.post(belowPaper('upvote'), writtenForm, (c) => upvoteForm(site, c));
  app.get(belowPaper('upvotes'), (c) => votersPage(site, c));
  app.get(belowPaper('comments'), (c) => toComments(site, c));
  app.post(belowPaper('comments'), writtenForm, (c) => commentForm(site, c));
  app.get(belowPaper(comment), (c) => permalink(site, c));
  app.get(belowPaper(`${comment}/history`), (c) => historyPage(site, c));
  app.get(belowPaper(`${comment}/edit`), (c) => editPage(site, c));
  app.post(belowPaper(`${comment}/edit`), writtenForm, (c) => editForm(site, c));
  app.post(belowPaper(`${comment}/delete`), writtenForm, (c) => deleteForm(site, c));
  app.post(belowPaper(`${comment}/react`), writtenForm, (c) => reactForm(site, c));
}
