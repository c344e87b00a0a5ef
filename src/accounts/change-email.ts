/** A new mail address: confirmed by a link that goes to it, which only its account can use, and once. */

import { isUniqueViolation } from '#platform/db/problems.ts';
import type { Trx } from '#schema.ts';
import type { Accounts } from './accounts.ts';
import { CHANGE_EMAIL_PATH } from './change-link.ts';
import type { Change } from './change-link.ts';
import { demandWriter } from './demand-writer.ts';
import { addMail } from './mail-store.ts';
import { mayMoveTo } from './registration.ts';
import { findUserOfMailbox, lockAccounts, updateUser } from './store.ts';
import { sendMails } from './send-mails.ts';
import { mailboxOf } from './user.ts';

/** Says nothing of whether the address has an account already. */
export async function requestEmailChange(accounts: Accounts, userId: string, email: string): Promise<void> {
  const { db, clock, url } = accounts;
  const mail = { kind: 'change-email' as const, email, user_id: userId, origin: url, next_path: CHANGE_EMAIL_PATH };
  await addMail(db, mail, clock.now());
  accounts.later(async (signal) => await sendMails(accounts, signal));
}

/**
 * False if the address was changed since, belongs to somebody else by now, or cannot be taken. Throws an AppError if the
 * account was banned: it is known again by its address. The old address is told. `alongside`: what else hangs on the
 * address and is changed in the same transaction.
 */
export async function changeEmail(
  accounts: Accounts,
  { userId, from, to }: Change,
  alongside: (trx: Trx) => Promise<void>,
): Promise<boolean> {
  const { db, clock, config, url } = accounts;
  const apply = async (trx: Trx) => {
    await lockAccounts(trx); // nobody bans the account between the question and the change
    const user = await demandWriter(trx, userId);
    if (user.email !== from || (await findUserOfMailbox(trx, mailboxOf(to), userId)) !== undefined) return false;
    if (!(await mayMoveTo({ db: trx, config }, to))) return false;
    await updateUser(trx, userId, { email: to }, clock.now());
    const notice = { kind: 'email-changed' as const, email: from, user_id: userId, origin: url, next_path: '/' };
    await addMail(trx, notice, clock.now());
    await alongside(trx);
    return true;
  };
  const done = await db
    .transaction()
    .execute(apply)
    .catch((error: unknown) => {
      if (isUniqueViolation(error)) return false; // somebody made an account with it meanwhile
      throw error;
    });
  accounts.later(async (signal) => await sendMails(accounts, signal));
  return done;
}
