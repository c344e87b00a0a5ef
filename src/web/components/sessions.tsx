/** Where somebody is signed in, with a way to end each. */

import type { ListedSession } from '#accounts/sessions.ts';
import { mediumDate } from '#platform/dates.ts';
import { browserName } from '../browser-name.ts';
import { Part } from './part.tsx';

export function Sessions({ sessions, current }: { sessions: readonly ListedSession[]; current: string | undefined }) {
  return (
    <Part id="sessions" title="Where you are signed in">
      <ul class="owned">
        {sessions.map((session) => (
          <li>
            <p>
              {browserName(session.userAgent)}
              {session.id === current && <strong> (this browser)</strong>}
              <span class="kicker">
                <span>since {day(session.createdAt)}</span> <span>last seen {day(session.seenAt)}</span>
              </span>
            </p>
            <form method="post" action="/settings/sessions">
              <input type="hidden" name="end" value={session.id} />
              <button>
                End<span class="unseen"> the session of {browserName(session.userAgent)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/settings/sessions">
          <input type="hidden" name="end" value="others" />
          <button>Sign out everywhere else</button>
        </form>
      )}
    </Part>
  );
}

/** `Jan 6, 2026`, in UTC. */
export function day(at: number): string {
  return mediumDate(new Date(at).toISOString().slice(0, 10));
}
