/** A paper as a citation to copy or download: BibTeX, RIS or CSL-JSON. */

import type { Paper } from '../paper.ts';
import { toBibtex } from './bibtex.ts';
import { toCsl } from './csl.ts';
import { toReference, type Reference } from './reference.ts';
import { toRis } from './ris.ts';

export type CitationFormat = 'bibtex' | 'ris' | 'csl';

export interface Citation {
  body: string;
  contentType: string;
  fileName: string;
}

const formats: Record<CitationFormat, { write: (reference: Reference) => string; type: string; extension: string }> = {
  bibtex: { write: toBibtex, type: 'application/x-bibtex; charset=utf-8', extension: 'bib' },
  ris: { write: toRis, type: 'application/x-research-info-systems; charset=utf-8', extension: 'ris' },
  csl: { write: toCsl, type: 'application/vnd.citationstyles.csl+json', extension: 'csl.json' },
};

/** By the file extension, without its dot: `bib`, `ris`, `csl.json`. */
export const citationFormats: ReadonlyMap<string, CitationFormat> = new Map(
  (['bibtex', 'ris', 'csl'] as const).map((format) => [formats[format].extension, format]),
);

export async function cite(paper: Paper, format: CitationFormat): Promise<Citation> {
  const { write, type, extension } = formats[format];
  // Safe in any file system and in a Content-Disposition header.
  const name = paper.id.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, 100);
  return { body: write(toReference(paper)), contentType: type, fileName: `${name}.${extension}` };
}
