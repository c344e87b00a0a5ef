/** The site map's part on accounts. */

import type { Hono } from 'hono';
import { OIDC_CALLBACK_PATH } from '#accounts/oidc.ts';
import { LINK_PATH } from '#accounts/sign-in-link.ts';
import { addHookRoutes } from './hook-routes.tsx';
import { registration, registrationOptions, signInOptions, signInWithPasskey } from './pages/passkeys.ts';
import { profilePage } from './pages/profile.tsx';
import {
  emailForm,
  profileForm,
  removePasskeyForm,
  revokeForm,
  sessionsForm,
  tokenForm,
} from './pages/settings/forms.ts';
import { invitationsForm, invitationsPage } from './pages/settings/invitations.tsx';
import { confirmEmailForm, confirmEmailPage, deleteForm, deletePage, exportFile } from './pages/settings/leaving.tsx';
import { leftPage } from './pages/settings/left.tsx';
import { arrivePage, leaveForm } from './pages/provider.tsx';
import { settingsPage } from './pages/settings/settings.tsx';
import { linkForm, linkSentPage, openLink, signInForm, signInPage, signOutForm } from './pages/sign-in.tsx';
import { limitForm } from './limit-form.ts';
import type { Site } from './site.ts';

/** No form about an account is longer. */
const FORM_BYTES = 10_000;

const smallForm = limitForm(FORM_BYTES, 'Names and addresses are shorter.');

export function addAccountRoutes(app: Hono, site: Site): void {
  app.get('/sign-in', (c) => signInPage(site, c));
  app.post('/sign-in', smallForm, (c) => signInForm(site, c));
  app.get('/sign-in/sent', (c) => linkSentPage(site, c));
  app.get(LINK_PATH, (c) => openLink(site, c));
  app.post(LINK_PATH, smallForm, (c) => linkForm(site, c));
  app.post('/sign-in/provider', smallForm, (c) => leaveForm(site, c));
  app.get(OIDC_CALLBACK_PATH, (c) => arrivePage(site, c));
  app.post('/sign-in/passkey/options', smallForm, (c) => signInOptions(site, c));
  app.post('/sign-in/passkey', smallForm, (c) => signInWithPasskey(site, c));
  app.get('/users/:name', (c) => profilePage(site, c));
  addSettingsRoutes(app, site);
  addHookRoutes(app, site);
  app.post('/sign-out', smallForm, (c) => signOutForm(site, c));
}

function addSettingsRoutes(app: Hono, site: Site): void {
  app.get('/settings', (c) => settingsPage(site, c));
  app.post('/settings/profile', smallForm, (c) => profileForm(site, c));
  app.post('/settings/email', smallForm, (c) => emailForm(site, c));
  app.get('/settings/email', (c) => confirmEmailPage(site, c));
  app.post('/settings/email/confirm', smallForm, (c) => confirmEmailForm(site, c));
  app.post('/settings/sessions', smallForm, (c) => sessionsForm(site, c));
  app.post('/settings/tokens', smallForm, (c) => tokenForm(site, c));
  app.post('/settings/tokens/revoke', smallForm, (c) => revokeForm(site, c));
  app.post('/settings/passkeys/options', smallForm, (c) => registrationOptions(site, c));
  app.post('/settings/passkeys', smallForm, (c) => registration(site, c));
  app.post('/settings/passkeys/remove', smallForm, (c) => removePasskeyForm(site, c));
  app.get('/settings/export.json', (c) => exportFile(site, c));
  app.get('/settings/delete', (c) => deletePage(site, c));
  app.post('/settings/delete', smallForm, (c) => deleteForm(site, c));
  app.get('/settings/deleted', (c) => leftPage(site, c));
  app.get('/settings/invitations', (c) => invitationsPage(site, c));
  app.post('/settings/invitations', smallForm, (c) => invitationsForm(site, c));
}
