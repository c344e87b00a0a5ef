/** Asks for a sign-in link by mail. */

import type { Accounts } from './accounts.ts';
import { addMail } from './mail-store.ts';
import { sendMails } from './send-mails.ts';

/**
 * Puts a mail into the queue, whoever it is for: that nothing depends on the address is what keeps the form from
 * telling who has an account. Whether there is anything to mail is decided when it is sent.
 */
export async function requestSignIn(accounts: Accounts, email: string, next: string): Promise<void> {
  const { db, clock, url } = accounts;
  await addMail(db, { kind: 'sign-in', email, origin: url, next_path: next }, clock.now());
  accounts.later(async (signal) => await sendMails(accounts, signal));
}
