/** Use case: those who moderate are mailed that reports wait. Who is due is a query, so nothing that happens to a mail is for good. */

import { sendMails } from '#accounts/send-mails.ts';
import type { Accounts } from '#accounts/accounts.ts';
import { tellModerators } from '#accounts/tell-moderators.ts';
import { findUntold, lockReports, markTold } from './store.ts';

/** Where what was reported waits. */
export const QUEUE_PATH = '/moderation';

/** After so long they are told again, if what they were told of waits still: mails are lost, and moderators come and go. */
const AGAIN_MS = 3 * 86_400_000;

/**
 * One mail to each of those who moderate, where something waits and nobody was told of what waits; whoever reported all of
 * it is no news to themselves. Until everything is decided they get no other for three days.
 */
export async function tellOfReports(accounts: Accounts, signal: AbortSignal): Promise<void> {
  const { db, clock, url } = accounts;
  const since = clock.now() - AGAIN_MS;
  if ((await findUntold(db, since)) !== undefined)
    await db.transaction().execute(async (trx) => {
      await lockReports(trx);
      const untold = await findUntold(trx, since);
      if (untold === undefined) return;
      const now = clock.now();
      const isTold = await tellModerators(trx, { origin: url, path: QUEUE_PATH, exceptId: untold.onlyBy, now });
      if (isTold) await markTold(trx, now);
    });
  await sendMails(accounts, signal);
}
