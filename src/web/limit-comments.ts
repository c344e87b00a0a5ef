/** How much one person may say in an hour, beside the limit of all writes (`limit-writes.ts`), which is for scripts. */

import type { Viewer } from '#accounts/user.ts';
import { isNew } from '#accounts/user.ts';
import { demand } from '#platform/limits/demand.ts';
import type { Site } from './site.ts';

const HOUR = 3_600_000;
/** One every two minutes; also how many at once. */
const COMMENTS_AN_HOUR = 30;
/** What is left of it while the account is new. */
const SHARE_OF_NEW = 1 / 3;

/** Throws an AppError of kind `rate-limited`. */
export async function limitComments(site: Site, viewer: Viewer): Promise<void> {
  const now = site.clock.now();
  const limit = isNew(viewer, site.config, now) ? COMMENTS_AN_HOUR * SHARE_OF_NEW : COMMENTS_AN_HOUR;
  await demand(site.db, [{ key: `comment account ${viewer.id}`, limit, windowMs: HOUR }], now);
}
