/** The addresses for programs. */

import { Hono } from 'hono';
import type { Db } from '#schema.ts';
import { citationFile } from './citation.ts';

export function createApi(db: Db): Hono {
  const app = new Hono();
  app.get('/papers/:file{.+\\.(?:bib|ris|csl\\.json)}', (c) => citationFile(db, c));
  return app;
}
