/** Writes down what is known of an address, and ends mail to it where the rule of `verdict.ts` says so. */

import { z } from 'zod';
import type { Db } from '#schema.ts';
import { suppress } from '#subscriptions/suppress.ts';
import type { SuppressionReason } from '#subscriptions/suppress.ts';
import type { Verdict } from './verdict.ts';

/** Mails that may come back for a passing reason before an address is given up … */
const MOST_RETURNED = 3;
/** … within this time. */
const WITHIN_MS = 30 * 86_400_000;

const returnedShape = z.array(z.tuple([z.string(), z.int()]));

export interface Returned {
  /** Lower case. */
  email: string;
  /** Counted once, however often it is reported. */
  mailId: string;
  verdict: Verdict;
  reason: SuppressionReason;
  /** What the server said. */
  detail: string;
  /** When that mail was sent, epoch ms, if it was before now: reports may be read long after. */
  sentAt?: number;
}

/** True if nothing is sent to the address any more. */
export async function noteVerdict(db: Db, returned: Returned, now: number): Promise<boolean> {
  const { email, verdict, reason, detail } = returned;
  if (verdict === 'nothing') return false;
  return await db.transaction().execute(async (trx) => {
    if (verdict === 'returned' && (await countReturned(trx, returned, now)) < MOST_RETURNED) return false;
    await suppress(trx, { email, reason, detail }, now);
    await trx.deleteFrom('mail_bounces').where('email', '=', email).execute();
    return true;
  });
}

/** How many mails came back lately, this one included. */
async function countReturned(trx: Db, { email, mailId, detail, sentAt }: Returned, now: number): Promise<number> {
  const row = await trx.selectFrom('mail_bounces').select('mails').where('email', '=', email).executeTakeFirst();
  const before = row === undefined ? [] : returnedShape.parse(JSON.parse(row.mails));
  const others = before.filter(([id]) => id !== mailId);
  const lately = [...others, [mailId, sentAt ?? now] as const].filter(([, at]) => at > now - WITHIN_MS);
  const mails = JSON.stringify(lately);
  const values = { mails, last_at: now, detail: detail.replaceAll('\0', '').slice(0, 500) };
  await trx
    .insertInto('mail_bounces')
    .values({ email, ...values })
    .onConflict((conflict) => conflict.column('email').doUpdateSet(values))
    .execute();
  return lately.length;
}

export async function forgetBounces(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('mail_bounces')
    .where('last_at', '<', now - WITHIN_MS)
    .execute();
}
