/** The site map's part on keeping it clean. */

import type { Hono } from 'hono';
import { actForm, actPage } from './pages/moderation/act.tsx';
import { logPage } from './pages/moderation/log.tsx';
import { ownReportsPage, REPORTS_PATH } from './pages/moderation/own-reports.tsx';
import { peopleForm, peoplePage } from './pages/moderation/people.tsx';
import { nextReport, queuePage } from './pages/moderation/queue.tsx';
import { reportForm, reportPage, reportSentPage } from './pages/moderation/report.tsx';
import { limitForm } from './limit-form.ts';
import type { Site } from './site.ts';

/** A reason is short. */
const FORM_BYTES = 20_000;

const smallForm = limitForm(FORM_BYTES, 'A sentence or three will do.');

export function addModerationRoutes(app: Hono, site: Site): void {
  app.get('/report', (c) => reportPage(site, c));
  app.post('/report', smallForm, (c) => reportForm(site, c));
  app.get('/report/sent', (c) => reportSentPage(site, c));
  app.get(REPORTS_PATH, (c) => ownReportsPage(site, c));
  app.get('/moderation', (c) => queuePage(site, c));
  app.get('/moderation/next', (c) => nextReport(site, c));
  app.get('/moderation/act', (c) => actPage(site, c));
  app.post('/moderation/act', smallForm, (c) => actForm(site, c));
  app.get('/moderation/people', (c) => peoplePage(site, c));
  app.post('/moderation/people', smallForm, (c) => peopleForm(site, c));
  app.get('/moderation/log', (c) => logPage(site, c));
}
