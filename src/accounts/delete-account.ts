/** The end of an account: what names a person goes, what they wrote stays readable under “deleted account”. */

import { randomBytes } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import type { Db, Trx } from '#schema.ts';
import { markOfBanned } from './banned-address.ts';
import { demandAnotherAdmin } from './change-role.ts';
import { addMail } from './add-mail.ts';
import { findUser, hasOtherAdmin, hasOthers, lockAccounts } from './store.ts';
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
 * Throws an AppError if that would leave others without an admin. `alongside`: what else hangs on the address and goes
 * in the same transaction. A mail says that it happened, to whoever reads at the address; `sendMails` sends it.
 */
export async function deleteAccount(
  { db, config, url }: Leaving,
  userId: string,
  now: number,
  alongside: (trx: Trx, email: string) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccounts(trx);
    const me = await findUser(trx, userId);
    if (me === undefined || me.deletedAt !== null) return; // the form was sent twice
    if (await hasOthers(trx, userId)) await demandAnotherAdmin(trx, me);
    for (const table of ['sessions', 'provider_accounts', 'passkeys', 'access_tokens', 'account_mails'] as const)
      await trx.deleteFrom(table).where('user_id', '=', userId).execute();
    await trx
      .updateTable('users')
      .set({
        name: DELETED_PREFIX + randomBytes(6).toString('hex'),
        full_name: null,
        email:
          me.email !== null && me.bannedAt !== null
            ? await unusedMark(trx, markOfBanned(config, mailboxOf(me.email)))
            : null,
        email_verified: 0,
        role: 'reader',
        ban_reason: null,
        updated_at: now,
        deleted_at: now,
      })
      .where('id', '=', userId)
      .execute();
    if (me.email !== null) {
      await addMail(trx, { kind: 'account-deleted', email: me.email, origin: url, next_path: '/' }, now);
      await alongside(trx, me.email);
    }
    await trx.updateTable('invitations').set({ invited_by: null }).where('invited_by', '=', userId).execute();
  });
}

/** Who was banned, deleted, invited and banned again is known already. */
async function unusedMark(trx: Trx, mark: string): Promise<string | null> {
  const known = await trx.selectFrom('users').select('id').where('email', '=', mark).executeTakeFirst();
  return known === undefined ? mark : null;
}
