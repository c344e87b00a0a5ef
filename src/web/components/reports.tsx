/** What readers reported of one thing: what a moderator decides on. */

import type { Viewer } from '#accounts/user.ts';
import type { GivenReport } from '#discussion/moderation/store.ts';
import { accountName } from '../account-name.ts';
import { Instant } from './instant.tsx';

export function GivenReports({ reports, viewer }: { reports: readonly GivenReport[]; viewer: Viewer }) {
  if (reports.length === 0) return <p class="quiet">Nobody has reported it.</p>;
  return (
    <ul class="requests" aria-label="Reports">
      {reports.map(({ reason, name, deletedAt, user_id, reported_at, settled_at, settledBy }) => (
        <li>
          “{reason}”{' '}
          <span class="quiet">
            {accountName(name === null ? undefined : { name, deletedAt })}
            {user_id === viewer.id && ' (you)'}, <Instant at={reported_at} exact />
            {settled_at !== null && (
              <>
                ; decided{settledBy !== null && ` by @${settledBy}`}, <Instant at={settled_at} exact />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
