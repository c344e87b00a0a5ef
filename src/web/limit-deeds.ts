/**
 * How often one person may do in an hour what costs others something, beside the limit of all writes (`limit-writes.ts`),
 * which is for scripts. Votes and reactions have that one alone: each of a person counts once.
 */

import type { Viewer } from '#accounts/user.ts';
import { isNew } from '#accounts/user.ts';
import { counted } from '#platform/counted.ts';
import { demand } from '#platform/limits/demand.ts';
import { SHARE_OF_NEW, whileNew } from './limit-words.ts';
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
  /** Each is read by a moderator. */
  report: 20,
  /** For each that is not known here arXiv is asked, and everybody else's wait behind it. */
  submit: 20,
};

/** As it is told, of one. */
const CALLED = {
  comment: 'comment',
  edit: 'edit',
  preview: 'preview',
  report: 'report',
  submit: 'submission',
} satisfies Record<keyof typeof AN_HOUR, string>;

/** Throws an AppError of kind `rate-limited`. To be asked last, so that what is refused anyway uses nothing up. */
export async function limitDeed(site: Site, viewer: Viewer, what: keyof typeof AN_HOUR): Promise<void> {
  const now = site.clock.now();
  // An operator who lets people submit more a day lets them do it at once.
  const most = what === 'submit' ? Math.max(AN_HOUR.submit, site.config.SUBMIT_PER_DAY) : AN_HOUR[what];
  const limit = isNew(viewer, site.config, now) ? Math.ceil(most * SHARE_OF_NEW) : most;
  const much = `${counted(limit, CALLED[what])} an hour`;
  const later = whileNew(viewer, site, now, most);
  const limits = [
    { key: `${what} account ${viewer.id}`, words: `One account can make ${much}${later}.` },
    // Whoever deletes an account and makes it anew does not begin anew.
    {
      key: `${what} mailbox ${viewer.mailbox ?? viewer.id}`,
      words: `With one mailbox one can make ${much}, in accounts that were deleted, too.`,
    },
  ];
  await demand(
    site.db,
    limits.map((one) => ({ ...one, limit, windowMs: HOUR })),
    now,
  );
}
