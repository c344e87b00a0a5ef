/** The line under the masthead: which edition this is, and the way to its neighbours. */

import { monthOf, weekOf } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { editionPath } from '../addresses.ts';

export type EditionKind = 'date' | 'week' | 'month';

export interface Neighbour {
  path: string;
  label: string;
}

export interface EditionBarProps {
  kind: EditionKind;
  /** `Tuesday, January 6, 2026` */
  name: string;
  /** A day inside the edition, for the links to its week and month. */
  day: Day;
  before: Neighbour | undefined;
  after: Neighbour | undefined;
  /** Newest day that can be picked. */
  today: Day;
}

export function EditionBar({ kind, name, day, before, after, today }: EditionBarProps) {
  return (
    <nav class="edition-bar" aria-label="Editions">
      <span class="edition-before">
        {before && (
          <a rel="prev" href={before.path} aria-label={`Earlier: ${before.label}`}>
            ← {before.label}
          </a>
        )}
      </span>
      <h1>{name}</h1>
      <span class="edition-after">
        {after && (
          <a rel="next" href={after.path} aria-label={`Later: ${after.label}`}>
            {after.label} →
          </a>
        )}
      </span>
      <form class="edition-pick" action="/papers/date">
        <EditionKinds kind={kind} day={day} />
        <label>
          <span class="unseen">Go to the edition of</span>
          <input type="date" name="day" value={day} max={today} required />
        </label>
        <button>Go</button>
      </form>
    </nav>
  );
}

function EditionKinds({ kind, day }: { kind: EditionKind; day: Day }) {
  const kinds = [
    { kind: 'date', label: 'Day', path: editionPath('date', day) },
    { kind: 'week', label: 'Week', path: editionPath('week', weekOf(day)) },
    { kind: 'month', label: 'Month', path: editionPath('month', monthOf(day)) },
  ];
  return (
    <span class="edition-kinds">
      {kinds.map((one) => (
        <a href={one.path} aria-current={one.kind === kind ? 'page' : undefined}>
          {one.label}
        </a>
      ))}
    </span>
  );
}
