/** The end of an account: what names a person goes, what they wrote stays readable under “deleted account”. */

import { randomBytes } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import type { Db, Trx } from '#schema.ts';
import { addMails } from './mail-store.ts';
import { markOfBanned } from './banned-address.ts';
import { demandAnotherAdmin } from './change-role.ts';
import { eraseUser, forgetCredentials, listLeftAddresses } from './erasure-store.ts';
import { disownNames, keepName } from './former-names.ts';
import { forgetInviter } from './invitation-store.ts';
import { keepMailbox } from './left-mailboxes.ts';
import { findUser, findUserByEmail, hasOtherAdmin, hasOthers, lockAccounts } from './store.ts';
import type { User } from './store.ts';
import { DELETED_PREFIX, mailboxOf } from './user.ts';
import type { Viewer } from './user.ts';

export interface Leaving {
  db: Db;
  config: Pick<Config, 'AUTH_SECRET' | 'DATA_DIR'>;
  /** Where readers reach the site. */
  url: string;
}

/** Whether others would be without an admin if this one left. Two queries at most, none for who is no admin. */
export async function isLastAdmin(db: Db, { id, role, bannedAt }: Viewer): Promise<boolean> {
  if (role !== 'admin' || bannedAt !== null || (await hasOtherAdmin(db, id))) return false;
  return await hasOthers(db, id);
}

/**
 * Throws an AppError if that would leave others without an admin. `alongside`: what else hangs on the account or its
 * address and goes in the same transaction, before anything but all accounts is locked. A mail says that it happened, to
 * whoever reads at the address, and at one that was left a moment ago; `sendMails` sends it.
 */
export async function deleteAccount(
  { db, config, url }: Leaving,
  userId: string,
  now: number,
  alongside: (trx: Trx, leaving: Pick<User, 'id' | 'email'>) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccounts(trx);
    const me = await findUser(trx, userId);
    if (me === undefined || me.deletedAt !== null) return; // the form was sent twice
    if (await hasOthers(trx, userId)) await demandAnotherAdmin(trx, me);
    await alongside(trx, me);
    await forgetCredentials(trx, userId);
    await disownNames(trx, userId, now);
    await keepName(trx, me.name, null, now);
    const name = DELETED_PREFIX + randomBytes(6).toString('hex');
    await eraseUser(trx, userId, { name, email: await markOf(trx, me, config), now });
    if (me.email !== null) {
      await keepMailbox(trx, config, { userId, email: me.email, now });
      const told = new Set([me.email, ...(await listLeftAddresses(trx, userId))]);
      const notice = { kind: 'account-deleted' as const, origin: url, next_path: '/' };
      const mails = [...told].map((email) => ({ ...notice, email }));
      await addMails(trx, mails, now);
    }
    await forgetInviter(trx, userId);
  });
}

/** What stays of the address of somebody banned. Who was banned, deleted, invited and banned again is known already. */
async function markOf(trx: Trx, { email, bannedAt }: User, config: Leaving['config']): Promise<string | null> {
  if (email === null || bannedAt === null) return null;
  const mark = markOfBanned(config, mailboxOf(email));
  return (await findUserByEmail(trx, mark)) === undefined ? mark : null;
}
