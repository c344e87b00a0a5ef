/** What is said of a limit: how much there may be, and that there will be more where the account is new. */

import { isNew } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { inWords } from '#platform/limits/demand.ts';
import type { Site } from './site.ts';

/** What is left of a limit while the account is new. */
export const SHARE_OF_NEW = 1 / 3;

/** `1 form`, `20 forms` */
export function inTotal(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

/** ` while it is new, and 60 in 23 hours from now`; `later` is the limit of others. Nothing where the account is not new. */
export function whileNew(viewer: Viewer, { config }: Site, now: number, later: number): string {
  if (!isNew(viewer, config, now)) return '';
  const left = viewer.createdAt + config.NEW_ACCOUNT_HOURS * 3_600_000 - now;
  return ` while it is new, and ${later.toLocaleString('en-US')} in ${inWords(left)} from now`;
}
