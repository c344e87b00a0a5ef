/** SQL on the mails that reports name. */

import type { Db } from '#schema.ts';

/** What a report may say, the weightiest last. */
const VERDICTS = ['returned', 'gone', 'complained'] as const;
export type Reported = (typeof VERDICTS)[number];

export interface ReportedMail {
  /** To whom it went, unless that changed since it was sent: see `confirmedAt`. */
  email: string;
  /** Epoch ms. */
  sentAt: number;
  /** When its owner said yes for this address: a mail of before may have gone to another one. */
  confirmedAt: number;
}

/** Our own row says to whom the mail went: what a report says of that is not believed. */
export async function findReported(db: Db, mailId: string): Promise<ReportedMail | undefined> {
  const row = await db
    .selectFrom('digest_mails')
    .innerJoin('subscribers', 'subscribers.id', 'digest_mails.subscriber_id')
    .select(['subscribers.email', 'sent_at', 'digest_mails.created_at', 'confirmed_at'])
    .where('digest_mails.id', '=', mailId)
    .executeTakeFirst();
  return row && { email: row.email, sentAt: row.sent_at ?? row.created_at, confirmedAt: row.confirmed_at ?? 0 };
}

/** False if as much or more was reported of this mail before: the mailbox that is read again holds old reports too. */
export async function markReported(db: Db, mailId: string, verdict: Reported, detail: string): Promise<boolean> {
  const known = VERDICTS.slice(VERDICTS.indexOf(verdict));
  let query = db
    .updateTable('digest_mails')
    .set({ last_error: `${verdict}: ${detail.replaceAll('\0', '')}`.slice(0, 500) })
    .where('id', '=', mailId);
  for (const one of known)
    query = query.where((e) => e.or([e('last_error', 'is', null), e('last_error', 'not like', `${one}: %`)]));
  if ((await query.executeTakeFirst()).numUpdatedRows === 0n) return false;
  if (verdict === 'complained') return true;
  await db
    .updateTable('digest_mails')
    .set({ state: 'failed' })
    .where('id', '=', mailId)
    .where('state', '=', 'sent')
    .execute();
  return true;
}
