/** Rule of a list: a work that came from several sources stands in it once. */

import { isArxivId } from '#papers/ids.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { isSameWork, workMarks } from '#papers/same-work.ts';
import type { WorkMarks } from '#papers/same-work.ts';
import type { Card } from './card.ts';

export interface WorkCard extends Card {
  /** Other ids of the list under which the same work is stored. */
  also: PaperId[];
}

/** The first of each work stays, in its place. Those that are works of `before` as well are left out. */
export function groupWorks(cards: readonly Card[], before: readonly Paper[] = []): WorkCard[] {
  // The usual list: two papers of arXiv are two works, which is said without reading their titles.
  if ([...before, ...cards.map(({ paper }) => paper)].every(({ id }) => isArxivId(id)))
    return cards.map((card) => ({ ...card, also: [] }));
  const earlier = before.map(workMarks);
  const marked = cards.map((card) => ({ card, marks: workMarks(card.paper) }));
  const works: { work: WorkCard; marks: WorkMarks }[] = [];
  for (const { card, marks } of marked) {
    if (earlier.some((one) => isSameWork(one, marks))) continue;
    const known = works.find((one) => isSameWork(one.marks, marks));
    if (known === undefined) works.push({ work: { ...card, also: [] }, marks });
    else known.work.also.push(card.paper.id);
  }
  return works.map(({ work }) => work);
}
