/** The reader's corner of the masthead: a way to sign in, or their own pages. */

import { displayName, isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { signInPath } from '../next-path.ts';

/** `url` is that of the page, to come back to. */
export function AccountMenu({ viewer, url }: { viewer: Viewer | undefined; url: string }) {
  if (viewer === undefined) {
    const { pathname, search } = new URL(url);
    return (
      <a href={signInPath(pathname + search)} rel="nofollow">
        Sign in
      </a>
    );
  }
  return (
    <details class="account">
      <summary>
        <span class="unseen">Account of </span>
        <span class="account-name">{displayName(viewer)}</span>
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
            <a href="/moderation">Moderation</a>
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
