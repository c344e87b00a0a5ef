/** A reference as RIS, for Zotero, EndNote and Mendeley. */

import type { Author } from '../paper.ts';
import type { Reference } from './reference.ts';

/** One field a line, CRLF, each value on one line: readers disagree on folded ones. */
export function toRis(reference: Reference): string {
  const { year, month, day, eprint } = reference;
  const fields: [tag: string, value: string | null][] = [
    // Unpublished work: what reference managers make of a preprint. `JOUR` would ask for a journal.
    ['TY', 'UNPB'],
    ['ID', reference.key],
    ['TI', reference.title],
    ...reference.authors.map((author): [string, string] => ['AU', nameOf(author)]),
    ['PY', year],
    ['DA', `${year}/${month}/${day}/`],
    ['AB', reference.abstract],
    ['PB', eprint && 'arXiv'],
    ['M1', eprint && `arXiv:${eprint}`],
    ['KW', reference.primaryClass],
    ['DO', reference.doi],
    ['N1', reference.journalRef && `Published in ${reference.journalRef}`],
    ['UR', reference.url],
    ['L1', eprint && `https://arxiv.org/pdf/${eprint}`],
  ];
  const lines = fields.flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\r\n`] : []));
  return `${lines.join('')}ER  - \r\n`;
}

/** `Family, Given, Suffix`: the comma parts them, so none may be inside. */
function nameOf({ family, given, suffix }: Author): string {
  return [family, given, suffix]
    .map((part) => part.replaceAll(',', ' ').replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(', ');
}
