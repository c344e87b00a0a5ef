/** Citation downloads: `/papers/2310.02541.bib`, `.ris`, `.csl.json`. */

import type { Context } from 'hono';
import { cite } from '#papers/citation/cite.ts';
import type { CitationFormat } from '#papers/citation/cite.ts';
import { getPaper } from '#papers/get-paper.ts';
import type { Db } from '#schema.ts';

/** `asked` is the id in any spelling: the file's name without its extension. */
export async function citationFile(db: Db, c: Context, asked: string, format: CitationFormat): Promise<Response> {
  const paper = await getPaper(db, asked);
  const { body, contentType, fileName } = await cite(paper, format);
  return c.body(body, 200, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
  });
}
