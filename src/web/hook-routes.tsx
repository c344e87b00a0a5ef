/** The site map's part on webhooks. */

import type { Hono } from 'hono';
import { addForm, changeForm, deedForms } from './pages/settings/hooks/forms.ts';
import { hookPage } from './pages/settings/hooks/hook.tsx';
import { hooksPage } from './pages/settings/hooks/hooks.tsx';
import { limitForm } from './limit-form.ts';
import type { Site } from './site.ts';

/** An address and a search are short. */
const FORM_BYTES = 20_000;

const smallForm = limitForm(FORM_BYTES, 'An address and a search are shorter.');

export function addHookRoutes(app: Hono, site: Site): void {
  app.get('/settings/hooks', (c) => hooksPage(site, c));
  app.post('/settings/hooks', smallForm, (c) => addForm(site, c));
  app.get('/settings/hooks/:id', (c) => hookPage(site, c, c.req.param('id')));
  app.post('/settings/hooks/:id', smallForm, (c) => changeForm(site, c, c.req.param('id')));
  for (const [deed, form] of Object.entries(deedForms)) {
    app.post(`/settings/hooks/:id/${deed}`, smallForm, (c) => form(site, c, c.req.param('id')));
  }
}
