/** Who may say where a paper's code and project page are: its submitter and moderators. */

import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';

/** `submittedBy`: id of the account. */
export function mayEditLinks(viewer: Viewer | undefined, submittedBy: string | null | undefined): boolean {
  return viewer !== undefined && viewer.bannedAt === null && (isModerator(viewer) || viewer.id === submittedBy);
}
