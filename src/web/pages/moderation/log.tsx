/** `/moderation/log`: who did what to what, and why. */

import type { Context } from 'hono';
import { listFormerNames } from '#accounts/former-names.ts';
import { findUsers } from '#accounts/store.ts';
import { OPERATOR } from '#discussion/moderation/moderate.ts';
import { listLog } from '#discussion/moderation/store.ts';
import type { ModerationAction } from '#discussion/table.ts';
import { accountNameAt } from '../../account-name.ts';
import { Instant } from '../../components/instant.tsx';
import { actPath } from '../../components/moderation-line.tsx';
import type { Site } from '../../site.ts';
import { requireModerator, Sheet } from './sheet.tsx';

const SHOWN = 50;

/** The log is about the past: “@mo hid a comment”, “@mo made a moderator of @ann”. */
const DONE: Record<ModerationAction, string> = {
  hide: 'hid',
  unhide: 'brought back',
  lock: 'closed the discussion of',
  unlock: 'opened the discussion of',
  dismiss: 'dismissed the reports on',
  ban: 'banned',
  unban: 'lifted the ban of',
  'make reader': 'made a reader of',
  'make moderator': 'made a moderator of',
  'make admin': 'made an admin of',
};

export async function logPage(site: Site, c: Context): Promise<Response> {
  requireModerator(c);
  const before = /^\d{1,15}$/.test(c.req.query('before') ?? '') ? Number(c.req.query('before')) : undefined;
  const entries = await listLog(site.db, SHOWN + 1, before);
  const shown = entries.slice(0, SHOWN);
  const ids = shown.flatMap(({ moderator_id, about_user_id }) => [moderator_id, about_user_id ?? moderator_id]);
  const unique = [...new Set(ids)];
  const [people, former] = await Promise.all([findUsers(site.db, unique), listFormerNames(site.db, unique)]);
  const nameOf = (id: string, at: number) => accountNameAt(people.get(id), former.get(id), at);
  return await c.html(
    <Sheet site={site} c={c} title="Log">
      {shown.length === 0 && <p>Nobody has had to do anything yet.</p>}
      <ul class="requests">
        {shown.map(({ at, moderator_id, action, kind, target_id, paper_id, comment_id, about_user_id, reason }) => (
          <li>
            <Instant at={at} exact />:{' '}
            <b>{moderator_id === OPERATOR ? 'the operator, on the command line,' : nameOf(moderator_id, at)}</b>{' '}
            {DONE[action]}{' '}
            {kind === 'account' ? (
              nameOf(target_id, at)
            ) : (
              <>
                <a href={actPath({ kind, id: target_id })}>
                  {kind === 'comment' ? `a comment on ${paper_id ?? ''}` : `paper ${target_id}`}
                </a>
                {about_user_id !== null && ` by ${nameOf(about_user_id, at)}`}
              </>
            )}
            {comment_id !== null && (
              <>
                {' '}
                over <a href={actPath({ kind: 'comment', id: comment_id })}>a comment on {paper_id}</a>
              </>
            )}
            : “{reason}”
          </li>
        ))}
      </ul>
      {entries.length > SHOWN && (
        <p>
          <a class="button" href={`/moderation/log?before=${shown.at(-1)?.number ?? ''}`}>
            Earlier
          </a>
        </p>
      )}
    </Sheet>,
  );
}
