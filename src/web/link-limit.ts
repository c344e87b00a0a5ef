/** New accounts can put two links into a comment: most spam is nothing but links, and comes from new accounts. */

import { isNew } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { invalid } from '#platform/errors.ts';
import type { Site } from './site.ts';

const MOST = 2;
/** Whatever becomes a link in a comment. */
const LINK = /https?:\/\/|\bwww\.|\bmailto:/gi;

/** Throws an AppError that says how many are too many, and until when. */
export function refuseManyLinks({ config, clock }: Pick<Site, 'config' | 'clock'>, viewer: Viewer, body: string): void {
  const links = body.match(LINK)?.length ?? 0;
  if (links <= MOST || !isNew(viewer, config, clock.now())) return;
  throw invalid(
    `New accounts can put ${MOST} links into a comment, and this one has ${links}.`,
    `Take some out, or wait until the account is ${config.NEW_ACCOUNT_HOURS} hours old.`,
  );
}
