/** The DOI by which a paper is cited. */

import { isArxivId } from '../ids.ts';
import type { Paper } from '../paper.ts';

/**
 * That of the journal, else that which arXiv registers for each of its papers
 * (https://info.arxiv.org/help/doi.html); null for papers of other sources without one.
 */
export function citedDoi({ id, doi }: Pick<Paper, 'id' | 'doi'>): string | null {
  // Authors of several publications of a paper give arXiv all their DOIs in one field.
  const [first = ''] = (doi ?? '').trim().split(/[\s,;]+(?=10\.)/);
  if (first !== '') return first;
  if (id.startsWith('doi:')) return id.slice('doi:'.length);
  return isArxivId(id) ? `10.48550/arXiv.${id}` : null;
}
