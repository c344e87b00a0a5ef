/** A reference as BibTeX, in the form that arXiv itself exports. */

import type { Author } from '../paper.ts';
import type { Reference } from './reference.ts';
import { titleToTex } from './tex.ts';
import { escapeTex } from './tex-escape.ts';

export function toBibtex(reference: Reference): string {
  const fields: [name: string, value: string | null][] = [
    ['title', titleToTex(reference.titleTex) || escapeTex(reference.title)],
    ['author', authorsOf(reference)],
    ['year', reference.year],
    ['eprint', reference.eprint],
    ['archivePrefix', reference.eprint && 'arXiv'],
    ['primaryClass', reference.eprint && reference.primaryClass],
    ['doi', reference.doi],
    ['note', reference.journalRef && escapeTex(`Published in ${reference.journalRef}`)],
    ['url', reference.url],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`      ${name}={${value}},\n`] : []));
  return `@misc{${reference.key},\n${lines.join('')}}\n`;
}

/** Null where only their number is known: a misc entry needs no author. */
function authorsOf({ authors, hasMore }: Reference): string | null {
  const names = authors.map(nameOf);
  return names.length === 0 ? null : [...names, ...(hasMore ? ['others'] : [])].join(' and ');
}

/** `Family, Suffix, Given`; a name of one part (a collaboration) in braces, so that it is not split. */
function nameOf({ family, given, suffix }: Author): string {
  if (given === '') return `{${partOf([family, suffix].filter(Boolean).join(' '))}}`;
  return [family, suffix, given].filter(Boolean).map(partOf).join(', ');
}

/** A comma or an `and` within a part would make two names of one; signs of TeX are in no name. */
function partOf(part: string): string {
  const escaped = escapeTex(part.replace(/[{}\\$%#^~]/g, ''));
  return /,|(?:^|\s)and(?:\s|$)/i.test(part) ? `{${escaped}}` : escaped;
}
