/** The site map's part on papers by mail. */

import type { Hono } from 'hono';
import { MANAGE_PATH, UNSUBSCRIBE_PATH } from '#subscriptions/links.ts';
import { CONFIRM_PATH } from '#subscriptions/send-questions.ts';
import { confirmForm, confirmPage } from './pages/subscribe/confirm.tsx';
import {
  endForm,
  exportMailFile,
  forgetForm,
  liftForm,
  linksForm,
  pauseForm,
  resumeForm,
  zoneForm,
} from './pages/subscribe/forms.ts';
import { forgottenPage } from './pages/subscribe/forgotten.tsx';
import { listForm, listPage } from './pages/subscribe/list.tsx';
import { mailedLinkForm } from './pages/subscribe/mailed-link.ts';
import { managePage } from './pages/subscribe/manage.tsx';
import { OWN_PATH } from './pages/subscribe/own-access.ts';
import { dismissForm, sentPage, subscribeForm, subscribePage } from './pages/subscribe/subscribe.tsx';
import { unsubscribe, unsubscribePage } from './pages/subscribe/unsubscribe.tsx';
import { limitForm, MOST_FORM_BYTES } from './limit-form.ts';
import type { Site } from './site.ts';

const listSized = limitForm(MOST_FORM_BYTES, 'Choose less at once: other topics can be a list of their own.');

/**
 * To be added before anybody is asked who they are and where they come from: mail programs that unsubscribe somebody
 * (RFC 8058) send neither cookies nor an origin, some send odd ones, and none follows a redirect. What proves that they
 * may is in the address.
 */
export function addUnsubscribeRoutes(app: Hono, site: Site): void {
  app.get(`${UNSUBSCRIBE_PATH}/:token`, (c) => unsubscribePage(site, c));
  app.post(`${UNSUBSCRIBE_PATH}/:token`, listSized, (c) => unsubscribe(site, c));
}

export function addSubscribeRoutes(app: Hono, site: Site): void {
  app.get('/subscribe', (c) => subscribePage(site, c));
  app.post('/subscribe', listSized, (c) => subscribeForm(site, c));
  app.get('/subscribe/sent', (c) => sentPage(site, c));
  app.post('/subscribe/link', listSized, (c) => mailedLinkForm(site, c));
  app.post('/subscribe/dismiss', listSized, (c) => dismissForm(site, c));
  app.get(CONFIRM_PATH, (c) => confirmPage(site, c));
  app.post(CONFIRM_PATH, listSized, (c) => confirmForm(site, c));
  app.get(MANAGE_PATH, (c) => managePage(site, c));
  app.get(OWN_PATH, (c) => managePage(site, c));
  app.get('/subscribe/list', (c) => listPage(site, c));
  app.post('/subscribe/list', listSized, (c) => listForm(site, c));
  app.post('/subscribe/zone', listSized, (c) => zoneForm(site, c));
  app.post('/subscribe/pause', listSized, (c) => pauseForm(site, c));
  app.post('/subscribe/resume', listSized, (c) => resumeForm(site, c));
  app.post('/subscribe/end', listSized, (c) => endForm(site, c));
  app.post('/subscribe/links', listSized, (c) => linksForm(site, c));
  app.post('/subscribe/lift', listSized, (c) => liftForm(site, c));
  app.post('/subscribe/forget', listSized, (c) => forgetForm(site, c));
  app.get('/subscribe/export.json', (c) => exportMailFile(site, c));
  app.get('/subscribe/forgotten', (c) => forgottenPage(site, c));
}
