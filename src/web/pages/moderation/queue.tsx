/** `/moderation`: what was reported and not decided on, oldest first; `/moderation/next` leads to the first of it. */

import type { Context } from 'hono';
import { findUsers } from '#accounts/store.ts';
import { listOpenReports } from '#discussion/moderation/store.ts';
import { QUEUE_PATH } from '#discussion/moderation/tell.ts';
import { accountName } from '../../account-name.ts';
import { wantsJson } from '../../answer-type.ts';
import { Instant } from '../../components/instant.tsx';
import { actPath } from '../../components/moderation-line.tsx';
import type { Site } from '../../site.ts';
import { requireModerator, Sheet } from './sheet.tsx';

/** Those beyond come when these are decided on. */
const SHOWN = 100;

export async function queuePage(site: Site, c: Context): Promise<Response> {
  requireModerator(c);
  const reports = await listOpenReports(site.db, SHOWN);
  const people = await findUsers(site.db, [...new Set(reports.map(({ user_id }) => user_id))]);
  const rows = reports.map(({ kind, target_id: id, paper_id: paper, reason, reported_at: at, user_id }) => ({
    kind,
    id,
    paper,
    reason,
    at,
    by: people.get(user_id),
  }));
  if (wantsJson(c)) {
    const told = rows.map(({ at, by, ...row }) => {
      const name = by === undefined || by.deletedAt !== null ? null : by.name;
      return { ...row, by: name, reportedAt: new Date(at).toISOString() };
    });
    return c.json({ reports: told });
  }
  return await c.html(
    <Sheet site={site} c={c} title="Reports">
      {rows.length === 0 && <p>Nothing waits to be decided on.</p>}
      <ul class="requests">
        {rows.map(({ kind, id, paper, reason, at, by }) => (
          <li>
            <a href={actPath({ kind, id })}>
              A {kind} {kind === 'comment' ? `on ${paper}` : paper}
            </a>
            : “{reason}”{' '}
            <span class="quiet">
              {accountName(by)}, <Instant at={at} exact />
            </span>
          </li>
        ))}
      </ul>
    </Sheet>,
  );
}

export async function nextReport(site: Site, c: Context): Promise<Response> {
  requireModerator(c);
  const [oldest] = await listOpenReports(site.db, 1);
  const path = oldest === undefined ? QUEUE_PATH : actPath({ kind: oldest.kind, id: oldest.target_id });
  return c.redirect(path, 303);
}
