/** How it stands with the mails to subscribers, for the operator. */

import { countDue } from '#subscriptions/due.ts';
import type { Db } from '#schema.ts';
import { countMails } from './store.ts';

export interface DigestFacts {
  /** Subscriptions whose mail is due and not yet written down. */
  due: number;
  /** Written down and not sent yet. */
  waiting: number;
  /** Of the last seven days. */
  sent: number;
  failed: number;
  /** Held back: no longer wanted, or overtaken. */
  skipped: number;
  /** Lists that had nothing new. */
  empty: number;
  /** What was said last of one that still waits; null if nothing was. */
  problem: string | null;
}

const WEEK = 7 * 86_400_000;

export async function describeDigests(db: Db, now: number): Promise<DigestFacts> {
  const problem = await db
    .selectFrom('digest_mails')
    .select('last_error')
    .where('due_at', 'is not', null)
    .where('last_error', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  const { waiting, sent, failed, skipped, empty } = await countMails(db, now - WEEK);
  const counts = { waiting, sent, failed, skipped: skipped - empty, empty };
  return { due: await countDue(db, now), ...counts, problem: problem?.last_error ?? null };
}

export function digestsInWords({ due, waiting, sent, failed, skipped, empty, problem }: DigestFacts): string {
  const counts = `${due} due, ${waiting} waiting; of the last seven days ${sent} sent, ${failed} failed, ${skipped} skipped, ${empty} times nothing new`;
  return problem === null ? counts : `${counts}. Last problem: ${problem}`;
}
