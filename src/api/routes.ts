/** The addresses for programs. */

import { Hono } from 'hono';
import { citationFormats } from '#papers/citation/cite.ts';
import type { Db } from '#schema.ts';
import { citationFile } from './citation.ts';

export function createApi(db: Db): Hono {
  const app = new Hono();
  for (const [extension, format] of citationFormats) {
    // Ids hold dots and slashes themselves: `hep-th/9110025.csl.json`.
    app.get(`/papers/:file{.+\\.${extension.replaceAll('.', '\\.')}}`, (c) =>
      citationFile(db, c, c.req.param('file').slice(0, -`.${extension}`.length), format),
    );
  }
  return app;
}
