/** The addresses for programs. */

import { Hono } from 'hono';
import { citationFormats } from '#papers/citation/cite.ts';
import type { Suggester } from '#search/suggest/suggest.ts';
import { citationFile } from './citation.ts';
import { addFeeds } from './feeds/routes.ts';
import type { FeedSite } from './feeds/routes.ts';
import { suggestions } from './suggestions.ts';

export function createApi(site: FeedSite & { suggester: Suggester }): Hono {
  const { db, suggester } = site;
  const app = new Hono();
  app.get('/search/suggest', (c) => suggestions(suggester, c));
  addFeeds(app, site);
  for (const [extension, format] of citationFormats) {
    // Ids hold dots and slashes themselves: `hep-th/9110025.csl.json`.
    app.get(`/papers/:file{.+\\.${extension.replaceAll('.', '\\.')}}`, (c) =>
      citationFile(db, c, c.req.param('file').slice(0, -`.${extension}`.length), format),
    );
  }
  return app;
}
