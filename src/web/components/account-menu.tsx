/** The reader's corner of the masthead: a way to sign in, or their own pages. */

import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { signInPath } from '../next-path.ts';

export interface AccountMenuProps {
  viewer: Viewer | undefined;
  /** Reports that wait, for a moderator. */
  waiting: number;
  /** That of the page, to come back to. */
  url: string;
}

export function AccountMenu({ viewer, waiting, url }: AccountMenuProps) {
  if (viewer === undefined) {
    return (
      <a href={signInPath(pathOf(url))} rel="nofollow">
        Sign in
      </a>
    );
  }
  return (
    <details class="account">
      <summary>
        <span class="unseen">Account of </span>
        <span class="account-name">{viewer.fullName ?? `@${viewer.name}`}</span>
        {waiting > 0 && (
          <span class="waiting">
            {waiting}
            <span class="unseen"> {waiting === 1 ? 'report waits' : 'reports wait'}</span>
          </span>
        )}
      </summary>
      <ul>
        <li>
          <a href={`/users/${viewer.name}`}>Profile</a>
        </li>
        <li>
          <a href="/papers/submit">Submit a paper</a>
        </li>
        {isModerator(viewer) && (
          <li>
            <a href="/moderation">Moderation{waiting > 0 && ` (${waiting})`}</a>
          </li>
        )}
        <li>
          <a href="/settings">Settings</a>
        </li>
        <li>
          <form method="post" action="/sign-out">
            <button>Sign out</button>
          </form>
        </li>
      </ul>
    </details>
  );
}

/** Path and query of a request's address. */
function pathOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}
