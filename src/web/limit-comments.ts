/** How much one person may say in an hour, beside the limit of all writes (`limit-writes.ts`), which is for scripts. */

import type { Viewer } from '#accounts/user.ts';
import { isNew } from '#accounts/user.ts';
import { demand } from '#platform/limits/demand.ts';
import type { Site } from './site.ts';

const HOUR = 3_600_000;

/** An hour of each; also how many at once. */
const AN_HOUR = {
  /** One every two minutes. */
  comment: 30,
  /** Each is kept, and shown to whoever looks. */
  edit: 60,
  /** Somebody who tries out formulas looks twice a minute. */
  preview: 120,
};

/** What is left of it while the account is new. */
const SHARE_OF_NEW = 1 / 3;

/** Throws an AppError of kind `rate-limited`. To be asked last, so that what is refused anyway uses nothing up. */
export async function limitComments(site: Site, viewer: Viewer, what: keyof typeof AN_HOUR): Promise<void> {
  const now = site.clock.now();
  const limit = AN_HOUR[what] * (isNew(viewer, site.config, now) ? SHARE_OF_NEW : 1);
  await demand(site.db, [{ key: `${what} account ${viewer.id}`, limit, windowMs: HOUR }], now);
}
