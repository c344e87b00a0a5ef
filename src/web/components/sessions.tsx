/** Where somebody is signed in, with a way to end each. */

import type { ListedSession } from '#accounts/sessions.ts';
import { dateOf } from '#platform/dates.ts';
import { browserName } from '../browser-name.ts';
import { Part } from './part.tsx';
import type { Told } from './part.tsx';

interface SessionsProps {
  sessions: readonly ListedSession[];
  /** That of this browser. */
  current: string | undefined;
  told: Told | undefined;
}

export function Sessions({ sessions, current, told }: SessionsProps) {
  return (
    <Part id="sessions" title="Where you are signed in" told={told}>
      <ul class="owned">
        {sessions.map((session) => (
          <li>
            <p>
              {browserName(session.userAgent)}
              {session.id === current && <strong> (this browser)</strong>}
              <span class="kicker">
                <span>since {dateOf(session.createdAt)}</span> <span>last seen {dateOf(session.seenAt)}</span>
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
