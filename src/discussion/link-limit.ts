/** New accounts can put two links into a comment: most spam is nothing but links, and comes from new accounts. */

import { findUser } from '#accounts/store.ts';
import { isNew } from '#accounts/user.ts';
import { invalid } from '#platform/errors.ts';
import type { Trx } from '#schema.ts';
import { countLinks } from './markdown/render.ts';

const MOST = 2;

export interface Linking {
  userId: string;
  /** The setting NEW_ACCOUNT_HOURS: how long an account is new. */
  newAccountHours: number;
  now: number;
}

/** Throws an AppError that says how many are too many, and until when. One query, and none for a few links. */
export async function refuseManyLinks(
  trx: Trx,
  body: string,
  { userId, newAccountHours, now }: Linking,
): Promise<void> {
  const links = countLinks(body);
  if (links <= MOST) return;
  const author = await findUser(trx, userId);
  if (author !== undefined && !isNew(author, { NEW_ACCOUNT_HOURS: newAccountHours }, now)) return;
  throw invalid(
    `New accounts can put ${MOST} links into a comment, and this one has ${links}.`,
    `Take some out, or wait until the account is ${newAccountHours} hours old.`,
  );
}
