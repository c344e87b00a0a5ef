/** What readers reported of one thing: what a moderator decides on. */

import type { GivenReport } from '#discussion/moderation/store.ts';
import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import { accountName } from '../account-name.ts';

export function GivenReports({ reports }: { reports: readonly GivenReport[] }) {
  if (reports.length === 0) return <p class="quiet">Nobody has reported it.</p>;
  return (
    <ul class="requests" aria-label="Reports">
      {reports.map(({ reason, name, deletedAt, reported_at, settled_at }) => (
        <li>
          “{reason}”{' '}
          <span class="quiet">
            {accountName(name === null ? undefined : { name, deletedAt })}, {mediumDate(epochToDay(reported_at))}
            {settled_at !== null && ', decided on'}
          </span>
        </li>
      ))}
    </ul>
  );
}
