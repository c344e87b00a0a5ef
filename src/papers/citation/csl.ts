/** A reference as CSL-JSON, for Zotero, pandoc and citeproc. */

import type { Reference } from './reference.ts';

/** An array of one item (docs.citationstyles.org); fields that are not known are left out. */
export function toCsl(reference: Reference): string {
  const { eprint, journalRef } = reference;
  const item = {
    id: reference.key,
    type: 'article',
    'citation-key': reference.key,
    title: reference.title,
    ...(reference.authors.length > 0 && { author: reference.authors.map(nameOf) }),
    issued: { 'date-parts': [[reference.year, reference.month, reference.day].map(Number)] },
    ...(reference.abstract !== '' && { abstract: reference.abstract }),
    ...(eprint !== null && { publisher: 'arXiv', number: `arXiv:${eprint}` }),
    ...(reference.doi !== null && { DOI: reference.doi }),
    ...(journalRef !== null && { note: `Published in ${journalRef}` }),
    ...(reference.url !== null && { URL: reference.url }),
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}

function nameOf({ family, given, suffix }: { family: string; given: string; suffix: string }): object {
  if (given === '') return { literal: [family, suffix].filter(Boolean).join(' ') };
  return { family, given, ...(suffix !== '' && { suffix }) };
}
