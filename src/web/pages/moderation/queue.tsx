/** `/moderation`: what was reported and not decided on, oldest first. */

import type { Context } from 'hono';
import { findUsers } from '#accounts/store.ts';
import { listOpenReports } from '#discussion/moderation/store.ts';
import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import { accountName } from '../../account-name.ts';
import { actPath } from '../../components/moderation-line.tsx';
import type { Site } from '../../site.ts';
import { requireModerator, Sheet } from './sheet.tsx';

/** Those beyond come when these are decided on. */
const SHOWN = 100;

export async function queuePage(site: Site, c: Context): Promise<Response> {
  requireModerator(c);
  const reports = await listOpenReports(site.db, SHOWN);
  const people = await findUsers(site.db, [...new Set(reports.map(({ user_id }) => user_id))]);
  return await c.html(
    <Sheet site={site} c={c} title="Reports">
      {reports.length === 0 && <p>Nothing waits to be decided on.</p>}
      <ul class="requests">
        {reports.map(({ kind, target_id, paper_id, reason, reported_at, user_id }) => (
          <li>
            <a href={actPath({ kind, id: target_id })}>
              A {kind} {kind === 'comment' ? `on ${paper_id}` : paper_id}
            </a>
            : “{reason}”{' '}
            <span class="quiet">
              {accountName(people.get(user_id))}, {mediumDate(epochToDay(reported_at))}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>,
  );
}
