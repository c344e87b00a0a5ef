/** The line under the masthead: which edition this is, and the way to its neighbours. */

import { editionPath } from '#feed/addresses.ts';
import type { EditionKind } from '#feed/edition-names.ts';
import { monthOf, weekOf } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { countOf } from '../counts.ts';
import type { Neighbour } from '../editions.ts';
import { FeedLink } from './feed-link.tsx';

export interface EditionBarProps {
  kind: EditionKind;
  /** `Tuesday, January 6, 2026` */
  name: string;
  /** Papers in the edition. */
  count: number;
  /** Of the page. */
  path: string;
  /** A day inside the edition, for the links to its week and month. */
  day: Day;
  before: Neighbour | undefined;
  after: Neighbour | undefined;
  /** Newest day that can be picked. */
  today: Day;
}

export function EditionBar({ kind, name, count, path, day, before, after, today }: EditionBarProps) {
  return (
    <header class="edition">
      <h1>{name}</h1>
      <nav aria-label="Editions">
        {before && (
          <a class="edition-before" rel="prev" href={before.path}>
            ←&nbsp;<span class="unseen">Earlier: </span>
            {before.label}
          </a>
        )}
        {after && (
          <a class="edition-after" rel="next" href={after.path}>
            <span class="unseen">Later: </span>
            {after.label}&nbsp;→
          </a>
        )}
        <EditionKinds kind={kind} day={day} />
      </nav>
      <p class="edition-count">
        {countOf(count)} <FeedLink path={path} />
      </p>
      <DayPicker day={day} today={today} />
    </header>
  );
}

/** Works without JavaScript: the form asks `/papers/date?day=`, which leads on. */
export function DayPicker({ day, today }: { day: Day; today: Day }) {
  return (
    <form class="edition-pick" action="/papers/date">
      <input type="date" name="day" value={day} max={today} required aria-label="Day of another edition" />
      <button>Go</button>
    </form>
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
