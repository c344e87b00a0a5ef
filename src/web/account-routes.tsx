/** The site map's part on accounts. */

import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { LINK_PATH } from '#accounts/sign-in-link.ts';
import { AppError } from '#platform/errors.ts';
import { linkForm, linkSentPage, openLink, signInForm, signInPage, signOutForm } from './pages/sign-in.tsx';
import type { Site } from './site.ts';

/** No form about an account is longer. */
const FORM_BYTES = 10_000;

const smallForm = bodyLimit({
  maxSize: FORM_BYTES,
  onError() {
    throw new AppError('too-large', 'That is more than this form can take.');
  },
});

export function addAccountRoutes(app: Hono, site: Site): void {
  app.get('/sign-in', (c) => signInPage(site, c));
  app.post('/sign-in', smallForm, (c) => signInForm(site, c));
  app.get('/sign-in/sent', (c) => linkSentPage(site, c));
  app.get(LINK_PATH, (c) => openLink(site, c));
  app.post(LINK_PATH, smallForm, (c) => linkForm(site, c));
  app.post('/sign-out', smallForm, (c) => signOutForm(site, c));
}
