/** Does what a report says: counts a bounce, suppresses an address, ends a subscription. */

import { readSecret } from '#accounts/secret.ts';
import { endAll, endList } from '#subscriptions/change.ts';
import { readUnsubscribe } from '#subscriptions/links.ts';
import { suppress } from '#subscriptions/suppress.ts';
import { noteVerdict } from '../note-verdict.ts';
import type { Press } from '../press.ts';
import { findReported, markReported } from './reported.ts';
import { verdictOfStatus } from '../verdict.ts';
import type { Report } from './report.ts';

export type Noted = 'counted' | 'suppressed' | 'unsubscribed' | 'ignored';

/** The same report twice counts once, however long after, and only if it is of a mail to the address of today. */
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
  const verdict = report.kind === 'complaint' ? 'complained' : verdictOfStatus(report.status);
  if (verdict === 'nothing') return 'ignored';
  const { mailId, detail } = report;
  const mail = await findReported(db, mailId);
  if (mail === undefined || mail.sentAt < mail.confirmedAt) return 'ignored';
  if (!(await markReported(db, mailId, verdict, detail))) return 'counted';
  const { email, sentAt } = mail;
  if (verdict === 'complained') {
    await suppress(db, { email, reason: 'complained', detail }, now);
    return 'suppressed';
  }
  const returned = { email, mailId, verdict, reason: 'bounced', detail, sentAt } as const;
  return (await noteVerdict(db, returned, now)) ? 'suppressed' : 'counted';
}
