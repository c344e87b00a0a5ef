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
import { texToPlain } from '#papers/tex/plain.ts';
import { AccountLink } from '../../components/account-link.tsx';
import { Instant } from '../../components/instant.tsx';
import { actPath } from '../../components/moderation-line.tsx';
import type { Site } from '../../site.ts';
import { requireModerator, Sheet } from './sheet.tsx';

const SHOWN = 50;

/** The log is about the past: “@mo hid a comment by @ann”, “@mo made @ann a moderator”. What stands before it and after. */
const DONE: Record<ModerationAction, readonly [before: string, after?: string]> = {
  hide: ['hid'],
  unhide: ['brought back'],
  lock: ['closed the discussion of'],
  unlock: ['opened the discussion of'],
  dismiss: ['dismissed the reports on'],
  ban: ['banned'],
  unban: ['lifted the ban of'],
  'make reader': ['made', ' a reader'],
  'make moderator': ['made', ' a moderator'],
  'make admin': ['made', ' an admin'],
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
  const { at, moderator_id: by, action, kind, target_id: id, comment_id: over, reason } = entry;
  const about = aboutOf(entry);
  const named = (who: string) => <AccountLink user={people.get(who)} former={former.get(who)} at={at} />;
  const [before, after = ''] = DONE[action];
  const writer = about !== null && <> by {named(about)}</>;
  return (
    <li>
      <Instant at={at} exact />: <b>{by === OPERATOR ? 'the operator, on the command line,' : named(by)}</b> {before}{' '}
      {kind === 'account' && named(id)}
      {kind === 'paper' && (
        <a href={actPath({ kind, id })}>
          <Title entry={entry} />
        </a>
      )}
      {kind === 'comment' && (
        <>
          <a href={actPath({ kind, id })}>a comment</a>
          {writer} on <Title entry={entry} />
        </>
      )}
      {over !== null && (
        <>
          {' '}
          over <a href={actPath({ kind: 'comment', id: over })}>a comment</a>
          {kind === 'account' && (
            <>
              {' '}
              on <Title entry={entry} />
            </>
          )}
        </>
      )}
      {after}: “{reason}”
    </li>
  );
}

function Title({ entry: { title, paper_id } }: { entry: LoggedDecision }) {
  return title === null ? <>{paper_id}</> : <cite>{texToPlain(title)}</cite>;
}
