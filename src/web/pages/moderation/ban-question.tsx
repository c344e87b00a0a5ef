/** A ban is asked about once more, on a page of its own, which says what it does. */

import type { Context } from 'hono';
import type { PublicUser, Viewer } from '#accounts/user.ts';
import { REASON_LIMIT } from '#discussion/moderation/report.ts';
import { invalid } from '#platform/errors.ts';
import { mayBan } from '../../components/account-form.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import type { ReasonFormProps } from '../../components/reason-form.tsx';
import { wantsJson } from '../../answer-type.ts';
import type { Site } from '../../site.ts';
import { Sheet } from './sheet.tsx';

export interface BanQuestionProps extends Pick<ReasonFormProps, 'path' | 'hidden' | 'reason'> {
  by: Viewer;
  user: PublicUser | undefined;
  /** Where it was asked from. */
  back: string;
}

/** Undefined where there is nothing to ask, because it would be refused. Throws an AppError for programs, which ask nobody. */
export function askBan(site: Site, c: Context, { by, user, back, ...form }: BanQuestionProps) {
  if (wantsJson(c)) throw invalid('This asks somebody at a browser.', 'do=ban bans.');
  if (user === undefined || user.bannedAt !== null || !mayBan(by, user)) return undefined;
  return c.html(
    <Sheet site={site} c={c} title={`Ban @${user.name}?`}>
      <p>
        They can read, export their data and leave, but write nothing any more, and are told the reason. Their votes
        count nowhere from now on. What they wrote stays. The ban lasts until a moderator lifts it.
      </p>
      <ReasonForm
        {...form}
        limit={REASON_LIMIT}
        label="Why?"
        hint={`It is kept in the log, and @${user.name} reads it.`}
        buttons={[['ban', `Ban @${user.name}`, 'danger']]}
      />
      <p>
        <a href={back}>Do not ban</a>
      </p>
    </Sheet>,
  );
}
