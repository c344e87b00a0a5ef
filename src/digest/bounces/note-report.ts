/** Does what a report says: counts a bounce, suppresses an address, ends a subscription. */

import { readSecret } from '#accounts/secret.ts';
import { endAll, endList } from '#subscriptions/change.ts';
import { readUnsubscribe } from '#subscriptions/links.ts';
import { suppress } from '#subscriptions/suppress.ts';
import { noteVerdict } from '../note-verdict.ts';
import type { Press } from '../press.ts';
import { settleBounced } from '../store.ts';
import { verdictOfStatus } from '../verdict.ts';
import type { Report } from './report.ts';

export type Noted = 'counted' | 'suppressed' | 'unsubscribed' | 'ignored';

/** The same report twice counts once. */
export async function noteReport(press: Pick<Press, 'db' | 'clock' | 'config'>, report: Report): Promise<Noted> {
  const { db, clock, config } = press;
  const now = clock.now();
  if (report.kind === 'unsubscribe') {
    const ends = readUnsubscribe(readSecret(config), report.token);
    if (ends === undefined) return 'ignored';
    if (ends.kind === 'list') await endList(db, ends.subscriptionId, now);
    else await endAll(db, ends.subscriberId, now);
    return 'unsubscribed';
  }
  const email = await addressOf(press, report.mailId);
  if (email === undefined) return 'ignored';
  if (report.kind === 'complaint') {
    await suppress(db, { email, reason: 'complained', detail: report.detail }, now);
    return 'suppressed';
  }
  const verdict = verdictOfStatus(report.status);
  if (verdict === 'nothing') return 'ignored';
  await settleBounced(db, report.mailId, report.detail);
  const { mailId, detail } = report;
  return (await noteVerdict(db, { email, mailId, verdict, reason: 'bounced', detail }, now)) ? 'suppressed' : 'counted';
}

/** Our own row says to whom the mail went: what a report says of that is not believed. */
async function addressOf({ db }: Pick<Press, 'db'>, mailId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('digest_mails')
    .innerJoin('subscribers', 'subscribers.id', 'digest_mails.subscriber_id')
    .select('subscribers.email')
    .where('digest_mails.id', '=', mailId)
    .executeTakeFirst();
  return row?.email;
}
