/** How editions are named: in addresses, and for readers. */

import { longDate, monthName, rangeDates } from '#platform/dates.ts';
import { isDay, monthRange, weekRange } from '#platform/day.ts';
import type { DayRange } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';

export type EditionKind = 'date' | 'week' | 'month';

export interface Edition {
  kind: EditionKind;
  /** `2026-01-06`, `2026-W02`, `2026-01` */
  label: string;
  range: DayRange;
}

const KINDS: Record<EditionKind, { range: (label: string) => DayRange | undefined; what: string; example: string }> = {
  date: { range: dayRange, what: 'a day', example: 'A day looks like /papers/date/2026-01-06.' },
  week: { range: weekRange, what: 'an ISO week', example: 'A week looks like /papers/week/2026-W02.' },
  month: { range: monthRange, what: 'a month', example: 'A month looks like /papers/month/2026-01.' },
};

function dayRange(label: string): DayRange | undefined {
  return isDay(label) ? { first: label, last: label } : undefined;
}

/** Throws AppError 'invalid' for a label that names none. */
export function readEdition(kind: EditionKind, label: string): Edition {
  const { range: read, what, example } = KINDS[kind];
  const range = read(label);
  if (!range) throw invalid(`“${label}” is not ${what}.`, example);
  return { kind, label, range };
}

export function editionName({ kind, label, range }: Edition): string {
  if (kind === 'date') return longDate(range.first);
  if (kind === 'month') return monthName(range.first);
  return `Week ${Number(label.slice(-2))}, ${rangeDates(range)}`;
}
