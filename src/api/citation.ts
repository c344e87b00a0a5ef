/** Citation downloads: `/papers/2310.02541.bib`, `.ris`, `.csl.json`. */

import type { Context } from 'hono';
import { notFound } from '#platform/errors.ts';
import { cite } from '#papers/citation/cite.ts';
import { parseArxivId } from '#papers/ids.ts';
import { findPaper } from '#papers/store.ts';
import type { Db } from '#schema.ts';

/** `2310.02541.bib`, `hep-th/9110025.csl.json` */
export const CITATION_FILE = /^(.+)\.(bib|ris|csl\.json)$/;

const FORMATS = { bib: 'bibtex', ris: 'ris', 'csl.json': 'csl' } as const;

export async function citationFile(db: Db, c: Context): Promise<Response> {
  const [, asked = '', extension = ''] = CITATION_FILE.exec(c.req.param('file') ?? '') ?? [];
  const format = FORMATS[extension as keyof typeof FORMATS];
  const id = parseArxivId(asked)?.id ?? asked;
  const paper = await findPaper(db, id);
  if (!paper)
    throw notFound(`The paper “${asked}” is not here.`, { hint: 'Ids look like 2310.02541 or hep-th/9110025.' });
  const { body, contentType, fileName } = await cite(paper, format);
  return c.body(body, 200, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
  });
}
