/** The site map's part on what people add: papers, and their links. */

import type { Hono } from 'hono';
import { linksForm, linksPage } from './pages/links.tsx';
import { submitForm, submitPage } from './pages/submit.tsx';
import { limitForm } from './limit-form.ts';
import type { Site } from './site.ts';

/** Ids and addresses are short. */
const FORM_BYTES = 10_000;

const smallForm = limitForm(FORM_BYTES, 'An id or an address is enough.');

export function addSubmitRoutes(app: Hono, site: Site): void {
  app.get('/papers/submit', (c) => submitPage(site, c));
  app.post('/papers/submit', smallForm, (c) => submitForm(site, c));
  app.get('/papers/:id{.+}/links', (c) => linksPage(site, c));
  app.post('/papers/:id{.+}/links', smallForm, (c) => linksForm(site, c));
}
