/** Invitations: who may make an account where registration is not open. */

import { AppError } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import type { Accounts } from './accounts.ts';
import { demandWriter } from './demand-writer.ts';
import { addMail } from './add-mail.ts';
import { sendMails } from './send-mails.ts';

export interface Invitation {
  email: string;
  createdAt: number;
}

/**
 * The invitation and its mail in one transaction. Again for an address that is invited already: another mail. Throws an
 * AppError unless `userId` is an admin who can act.
 */
export async function invite(accounts: Accounts, email: string, userId: string): Promise<void> {
  const { db, clock, url } = accounts;
  await db.transaction().execute(async (trx) => {
    const admin = await demandWriter(trx, userId);
    if (admin.role !== 'admin') throw onlyAdmins();
    await trx
      .insertInto('invitations')
      .values({ email, invited_by: userId, created_at: clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await addMail(trx, { kind: 'invitation', email, origin: url, next_path: '/settings' }, clock.now());
  });
  accounts.later(async (signal) => await sendMails(accounts, signal));
}

export function onlyAdmins(): AppError {
  return new AppError('forbidden', 'Only admins invite people.');
}

export async function takeBackInvitation(db: Db, email: string): Promise<void> {
  await db.deleteFrom('invitations').where('email', '=', email).execute();
}

/** Those that were not used yet, the newest first. */
export async function listInvitations(db: Db, limit: number): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitations')
    .select(['email', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('email')
    .limit(limit)
    .execute();
  return rows.map(({ email, created_at: createdAt }) => ({ email, createdAt }));
}
