/** What can be decided about an account, by who looks at it: bans, and for admins what somebody may do. */

import { isModerator, roles } from '#accounts/user.ts';
import type { PublicUser, Viewer } from '#accounts/user.ts';
import { REASON_LIMIT } from '#discussion/moderation/report.ts';
import { problemOfBan, problemOfRole } from '#discussion/moderation/rights.ts';
import { ReasonForm } from './reason-form.tsx';
import type { ReasonButton } from './reason-form.tsx';

export const PEOPLE_PATH = '/moderation/people';

/** What the button sends that leads to the question before a ban; `ban` is what the one there sends. */
export const ASK_BAN = 'ask ban';

export interface AccountFormProps {
  by: Viewer;
  user: PublicUser;
  /** Whether admins can change their own role here: they can if there is another one. */
  own?: boolean;
  reason?: string;
  problem?: string | undefined;
}

/** Where `by` can decide nothing about the account: nothing but why what they sent was refused. */
export function AccountForm({ by, user, own = false, reason = '', problem }: AccountFormProps) {
  const buttons = buttonsFor(by, user, own);
  if (buttons.length === 0) return problem === undefined ? null : <Problem>{problem}</Problem>;
  const isBan = buttons.some(([value]) => value === ASK_BAN);
  return (
    <ReasonForm
      path={PEOPLE_PATH}
      hidden={{ id: user.id }}
      reason={reason}
      limit={REASON_LIMIT}
      problem={problem}
      label="Why?"
      hint={`It is kept in the log.${isBan ? ` @${user.name} reads why they are banned.` : ''}`}
      buttons={buttons}
    />
  );
}

function Problem({ children }: { children: string }) {
  return (
    <p class="problem-note" role="alert">
      {children}
    </p>
  );
}

/** Whether there is anything that `by` can decide on the profile of somebody. */
export function mayModerate(by: Viewer, user: PublicUser): boolean {
  return buttonsFor(by, user, false).length > 0;
}

/** Whether `by` can ban somebody, or lift the ban. */
export function mayBan(by: Viewer, user: PublicUser): boolean {
  return user.deletedAt === null && problemOfBan(by, user) === undefined;
}

/** Those that the use cases allow. */
function buttonsFor(by: Viewer, user: PublicUser, own: boolean): ReasonButton[] {
  if (!isModerator(by) || by.bannedAt !== null) return [];
  const buttons: ReasonButton[] = [];
  if (problemOfRole(by) === undefined && (user.id !== by.id || own)) {
    for (const role of roles) if (role !== user.role) buttons.push([`make ${role}`, `Make ${role}`]);
  }
  if (mayBan(by, user)) buttons.push(user.bannedAt === null ? [ASK_BAN, 'Ban …', 'danger'] : ['unban', 'Lift the ban']);
  return buttons;
}
