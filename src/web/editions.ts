/** The neighbours of an edition, and how links to them are called. */

import { editionPath } from '#feed/addresses.ts';
import type { EditionFacts } from '#feed/edition.ts';
import type { Edition } from '#feed/edition-names.ts';
import { mediumDate, monthName, shortDate } from '#platform/dates.ts';
import { monthOf, weekOf } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';

export interface Neighbour {
  path: string;
  label: string;
}

export interface Neighbours {
  before: Neighbour | undefined;
  after: Neighbour | undefined;
}

/** The next editions of a kind that have papers, in both directions; with their year where it is another. */
export function neighbours({ kind, label }: Pick<Edition, 'kind' | 'label'>, facts: EditionFacts): Neighbours {
  const year = label.slice(0, 4);
  const neighbour = (day: Day | null): Neighbour | undefined => {
    if (day === null) return undefined;
    if (kind === 'month') return { path: editionPath('month', monthOf(day)), label: monthName(day) };
    if (kind === 'date') {
      return { path: editionPath('date', day), label: (day.startsWith(year) ? shortDate : mediumDate)(day) };
    }
    const week = weekOf(day);
    const name = `Week ${Number(week.slice(-2))}`;
    return { path: editionPath('week', week), label: week.startsWith(year) ? name : `${name}, ${week.slice(0, 4)}` };
  };
  return { before: neighbour(facts.before), after: neighbour(facts.after) };
}
