/**
 * Mails that a server refuses for good. What that says of an address is written down only once the server has taken
 * another mail in the same run, because a server that takes nothing has something against us.
 */

import type { MailError } from '#platform/mail/mail.ts';
import { noteVerdict } from './note-verdict.ts';
import type { Run } from './send-mails.ts';
import { retry } from './retry.ts';
import { settleMail } from './store.ts';
import type { DigestMail } from './store.ts';
import { isOfAddress } from './verdict.ts';

/** So many refused for good, one after the other or more than were accepted: that is not the addresses' fault. */
const SUSPICIOUS = 20;

/** Of so many, all refused and none taken, a small site's server may have a bad minute: they are tried once more. */
const SEVERAL = 3;

export interface RefusedMail {
  mail: DigestMail;
  /** Lower case. */
  email: string;
  verdict: 'gone' | 'returned';
  error: MailError;
}

/** Kept until it is known whether the server takes anything; the mail stays held meanwhile. */
export function noteRefused(run: Run, refused: RefusedMail): void {
  run.refused.push(refused);
  run.refusedInRow += 1;
}

export function isRefusedByAll({ refusedInRow, counts: { suppressed, sent } }: Run): boolean {
  return refusedInRow >= SUSPICIOUS || (suppressed >= SUSPICIOUS && suppressed >= sent);
}

/** Where a mail was accepted. */
export async function judgeRefused(run: Run): Promise<void> {
  for (const refused of run.refused.splice(0)) await judge(run, refused);
}

/** At the end of a batch: without any mail that was accepted, what does not clearly speak of the address says nothing. */
export async function judgeRest(run: Run): Promise<void> {
  const isBelieved = !isRefusedByAll(run);
  const isSudden = run.counts.sent === 0 && run.refused.length >= SEVERAL;
  for (const refused of run.refused.splice(0)) {
    const isOfIt = run.counts.sent > 0 || isOfAddress(refused.error.refusal);
    const isJudged = isBelieved && isOfIt && !(isSudden && refused.mail.attempts === 0);
    if (isJudged) await judge(run, refused);
    else await retry(run, refused.mail, refused.error);
  }
}

async function judge({ press, counts }: Run, { mail, email, verdict, error }: RefusedMail): Promise<void> {
  const now = press.clock.now();
  const detail = error.refusal.reply;
  const isGone = await noteVerdict(press.db, { email, mailId: mail.id, verdict, reason: 'refused', detail }, now);
  counts.failed += 1;
  if (isGone) counts.suppressed += 1;
  press.log.warn({ err: error, mail: mail.id, isGone }, 'a digest was refused for good');
  await settleMail(press.db, mail, { state: 'failed', at: now, error: error.message });
}
