/** The site map: every address and what answers it. */

import { Hono } from 'hono';
import type { Context } from 'hono';
import { invalid, notFound } from '#platform/errors.ts';
import { addAccountRoutes } from './account-routes.tsx';
import { assetFile } from './assets.ts';
import { addDiscussionRoutes } from './discussion-routes.tsx';
import { refuseForged } from './forged.ts';
import { limitWrites } from './limit-writes.ts';
import { addModerationRoutes } from './moderation-routes.tsx';
import { knownMethods } from './methods.ts';
import { icon, iconPaths, openSearch, robots } from './pages/machine-files.ts';
import { aboutPage } from './pages/about.tsx';
import { categoriesPage, organizationsPage } from './pages/browse.tsx';
import { frontPage, namedEditionPage, pickDay } from './pages/edition.tsx';
import { authorPage, categoryPage, organizationPage } from './pages/lists.tsx';
import { paperPage } from './pages/paper.tsx';
import { rankingPage } from './pages/ranking.tsx';
import { problemPage } from './pages/problem.tsx';
import { searchPage } from './pages/search.tsx';
import { similarForm, similarPage } from './pages/similar.tsx';
import { sitemapFile, sitemapIndex } from './pages/sitemap.ts';
import { trendingPage } from './pages/trending.tsx';
import { securityHeaders } from './security-headers.ts';
import { limitForm } from './limit-form.ts';
import type { Site } from './site.ts';
import { addSubmitRoutes } from './submit-routes.tsx';
import { addSubscribeRoutes, addUnsubscribeRoutes } from './subscribe-routes.tsx';
import { findViewer } from './viewer.ts';

/** The longest text that `/similar` takes, in an alphabet whose letters a form sends as nine characters each. */
const FORM_BYTES = 100_000;

const limitedForm = limitForm(FORM_BYTES, 'An abstract or a page is enough.');

/** `first` is asked before the site's own addresses; its errors become this site's error pages. */
export function createSite(site: Site, first: Hono): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.use(knownMethods(site, app));
  app.use(async (c, next) => {
    refuseNul(c);
    await next();
  });
  addUnsubscribeRoutes(app, site);
  app.use(async (c, next) => withoutSlash(c) ?? (await next()));
  app.use(refuseForged(site));
  app.use(findViewer(site));
  // What is posted there is only read, so the limit of writes is not asked.
  app.get('/similar', (c) => similarPage(site, c));
  app.post('/similar', limitedForm, (c) => similarForm(site, c));
  app.use(limitWrites(site));
  app.route('/', first);
  app.get('/', (c) => frontPage(site, c));
  app.get('/papers', (c) => c.redirect('/', 302));
  app.get('/papers/date', (c) => pickDay(c));
  app.get('/papers/date/:label', (c) => namedEditionPage(site, c, 'date'));
  app.get('/papers/week/:label', (c) => namedEditionPage(site, c, 'week'));
  app.get('/papers/month/:label', (c) => namedEditionPage(site, c, 'month'));
  app.get('/papers/trending', (c) => trendingPage(site, c));
  addDiscussionRoutes(app, site);
  addSubmitRoutes(app, site);
  addModerationRoutes(app, site);
  app.get('/papers/:id{.+}', (c) => paperPage(site, c));
  app.get('/authors/:slug', (c) => authorPage(site, c));
  app.get('/categories', (c) => categoriesPage(site, c));
  app.get('/categories/:category', (c) => categoryPage(site, c));
  app.get('/organizations', (c) => organizationsPage(site, c));
  app.get('/organizations/:slug', (c) => organizationPage(site, c));
  app.get('/search', (c) => searchPage(site, c));
  app.get('/about/ranking', (c) => rankingPage(site, c));
  app.get('/about', (c) => aboutPage(site, c));
  addAccountRoutes(app, site);
  addSubscribeRoutes(app, site);
  app.get('/assets/:name', (c) => assetFile(c));
  for (const path of iconPaths) app.get(path, (c) => icon(c, path));
  app.get('/robots.txt', (c) => robots(site, c));
  app.get('/opensearch.xml', (c) => openSearch(site, c));
  app.get('/sitemap.xml', (c) => sitemapIndex(site, c));
  app.get('/sitemaps/:name', (c) => sitemapFile(site, c));
  app.notFound((c) => problemPage(site, c, notFound('There is no page at this address.')));
  app.onError((error, c) => problemPage(site, c, error));
  return app;
}

/** `/about/` is `/about`; what is sent to one is sent to the other (308). Several slashes in front would make the target another site. */
function withoutSlash(c: Context): Response | undefined {
  const { pathname, search } = new URL(c.req.url);
  const trimmed = pathname.replace(/\/+$/, '').replace(/^\/+/, '/');
  if (!pathname.endsWith('/') || trimmed === '') return undefined;
  return c.redirect(trimmed + search, c.req.method === 'GET' || c.req.method === 'HEAD' ? 301 : 308);
}

/** PostgreSQL cannot hold U+0000 and SQLite ends a search at it; nobody means it. */
function refuseNul(c: Context): void {
  if (/%00/.test(c.req.url)) throw invalid('The address contains the character U+0000 (%00).', 'Leave it out.');
}
