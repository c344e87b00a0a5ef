/** How much one person, and one address, may write in a time. Generous: they are there for scripts, not for readers. */

import type { Context } from 'hono';
import type { Viewer } from '#accounts/user.ts';
import { clientOf } from '#platform/http/client-address.ts';
import { demand } from '#platform/limits/demand.ts';
import type { Site } from './site.ts';

const HOUR = 3_600_000;

/** In an hour; also how many at once. A lab behind one address has many people in it. */
const LIMITS = {
  /** Whoever goes through a whole edition of 300 papers with care. */
  vote: { account: 300, address: 3_000 },
  /** One every two minutes, for an hour. */
  comment: { account: 30, address: 300 },
  /** Edits, deletions and reactions. */
  change: { account: 200, address: 2_000 },
};

/** Throws an AppError of kind `rate-limited`. */
export async function throttle(site: Site, c: Context, viewer: Viewer, what: keyof typeof LIMITS): Promise<void> {
  const { account, address } = LIMITS[what];
  const limits = [
    { key: `${what} account ${viewer.id}`, limit: account, windowMs: HOUR },
    { key: `${what} address ${clientOf(c)}`, limit: address, windowMs: HOUR },
  ];
  await demand(site.db, limits, site.clock.now());
}
