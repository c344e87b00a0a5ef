/** Ways to report a paper or a comment, and for moderators to decide on it. */

import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import type { Target } from '#discussion/moderation/store.ts';
import type { OpenPaper } from '#feed/open-paper.ts';

/** Where a moderator decides on something. */
export function actPath({ kind, id }: Target): string {
  return `/moderation/act?${new URLSearchParams({ kind, id }).toString()}`;
}

export function ReportLink({ target, viewer }: { target: Target; viewer: Viewer }) {
  const { kind, id } = target;
  if (isModerator(viewer)) {
    return (
      <a href={actPath(target)} rel="nofollow">
        Moderate<span class="unseen"> this {kind}</span>
      </a>
    );
  }
  return (
    <a href={`/report?${new URLSearchParams({ kind, id }).toString()}`} rel="nofollow">
      Report<span class="unseen"> this {kind}</span>
    </a>
  );
}

/** On a paper's page. */
export function ModerationLine({ opened, viewer }: { opened: OpenPaper; viewer: Viewer | undefined }) {
  if (viewer === undefined) return null;
  return (
    <p class={opened.hidden ? 'notice-line' : 'report-line'}>
      {opened.hidden && <strong>Hidden from readers. </strong>}
      <ReportLink target={{ kind: 'paper', id: opened.paper.id }} viewer={viewer} />
    </p>
  );
}
