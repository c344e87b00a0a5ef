/** What is said of a limit: how much there may be, and that there will be more where the account is new. */

import { isNew } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { exactTime } from '#platform/dates.ts';
import type { Site } from './site.ts';

/** What is left of a limit while the account is new. */
export const SHARE_OF_NEW = 1 / 3;

/** ` while it is new; from Jan 9, 2026, 12:00 PM UTC on, 60`; `later` is the limit of others. Nothing where it is not new. */
export function whileNew(viewer: Viewer, { config }: Site, now: number, later: number): string {
  if (!isNew(viewer, config, now)) return '';
  const until = viewer.createdAt + config.NEW_ACCOUNT_HOURS * 3_600_000;
  return ` while it is new; from ${exactTime(until)} on, ${later.toLocaleString('en-US')}`;
}
