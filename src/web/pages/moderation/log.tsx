/** `/moderation/log`: who did what to what, and why. */

import type { Context } from 'hono';
import { listFormerNames } from '#accounts/former-names.ts';
import type { FormerName } from '#accounts/former-names.ts';
import { findUsers } from '#accounts/store.ts';
import type { PublicUser } from '#accounts/user.ts';
import { OPERATOR } from '#discussion/moderation/moderate.ts';
import { listLog } from '#discussion/moderation/store.ts';
import type { LoggedDecision } from '#discussion/moderation/store.ts';
import type { ModerationAction } from '#discussion/table.ts';
import { AccountLink } from '../../components/account-link.tsx';
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
  const ids = [...new Set(shown.flatMap((entry) => [entry.moderator_id, aboutOf(entry) ?? entry.moderator_id]))];
  const [people, former] = await Promise.all([findUsers(site.db, ids), listFormerNames(site.db, ids)]);
  return await c.html(
    <Sheet site={site} c={c} title="Log">
      {shown.length === 0 && <p>Nobody has had to do anything yet.</p>}
      <ul class="requests">
        {shown.map((entry) => (
          <Line entry={entry} known={{ people, former }} />
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

/** Whom it concerns: an account, or who wrote the comment, deleted or not. */
function aboutOf({ kind, target_id, about_user_id, author_id }: LoggedDecision): string | null {
  return kind === 'account' ? target_id : (about_user_id ?? author_id);
}

interface Known {
  people: ReadonlyMap<string, PublicUser>;
  former: ReadonlyMap<string, readonly FormerName[]>;
}

function Line({ entry, known: { people, former } }: { entry: LoggedDecision; known: Known }) {
  const { at, moderator_id: by, action, kind, target_id: id, paper_id: paper, comment_id: over, reason } = entry;
  const about = aboutOf(entry);
  const named = (who: string) => <AccountLink user={people.get(who)} former={former.get(who)} at={at} />;
  return (
    <li>
      <Instant at={at} exact />: <b>{by === OPERATOR ? 'the operator, on the command line,' : named(by)}</b>{' '}
      {DONE[action]}{' '}
      {kind !== 'account' && (
        <a href={actPath({ kind, id })}>{kind === 'comment' ? `a comment on ${paper ?? ''}` : `paper ${id}`}</a>
      )}
      {kind !== 'account' && about !== null && ' by '}
      {about !== null && named(about)}
      {over !== null && (
        <>
          {' '}
          over <a href={actPath({ kind: 'comment', id: over })}>a comment on {paper}</a>
        </>
      )}
      : “{reason}”
    </li>
  );
}
