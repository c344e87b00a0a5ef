/** How editions and their neighbours are named. */

import type { EditionFacts } from '#feed/edition.ts';
import { monthOf, weekOf } from '#platform/day.ts';
import type { Day, DayRange } from '#platform/day.ts';
import { editionPath } from './addresses.ts';
import { longDate, mediumDate, monthName, rangeDates, shortDate } from './dates.ts';

export type EditionKind = 'date' | 'week' | 'month';

export interface Edition {
  kind: EditionKind;
  /** `2026-01-06`, `2026-W02`, `2026-01` */
  label: string;
  range: DayRange;
}

export interface Neighbour {
  path: string;
  label: string;
}

export interface Neighbours {
  before: Neighbour | undefined;
  after: Neighbour | undefined;
}

export function editionName({ kind, label, range }: Edition): string {
  if (kind === 'date') return longDate(range.first);
  if (kind === 'month') return monthName(range.first);
  return `Week ${Number(label.slice(-2))}, ${rangeDates(range)}`;
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
