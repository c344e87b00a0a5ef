/** Invitations: who may make an account where registration is not open. */

import { AppError } from '#platform/errors.ts';
import type { Accounts } from './accounts.ts';
import { demandWriter } from './demand-writer.ts';
import { addMail } from './mail-store.ts';
import { saveInvitation } from './invitation-store.ts';
import { sendMails } from './send-mails.ts';

/**
 * The invitation and its mail in one transaction. Again for an address that is invited already: another mail. Throws an
 * AppError unless `userId` is an admin who can act.
 */
export async function invite(accounts: Accounts, email: string, userId: string): Promise<void> {
  const { db, clock, url } = accounts;
  await db.transaction().execute(async (trx) => {
    const admin = await demandWriter(trx, userId);
    if (admin.role !== 'admin') throw onlyAdmins();
    await saveInvitation(trx, email, userId, clock.now());
    await addMail(trx, { kind: 'invitation', email, origin: url, next_path: '/settings' }, clock.now());
  });
  accounts.later(async (signal) => await sendMails(accounts, signal));
}

export function onlyAdmins(): AppError {
  return new AppError('forbidden', 'Only admins invite people.');
}
