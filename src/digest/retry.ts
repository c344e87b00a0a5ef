/** What becomes of a mail that could not be sent, or of which nobody knows whether it was. */

import { backoff } from '#platform/http/retry.ts';
import type { MailError } from '#platform/mail/mail.ts';
import type { Run } from './send-mails.ts';
import { postponeMail, settleMail } from './store.ts';
import type { DigestMail } from './store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** First again after a minute, then twice as late each time: grey lists let through what comes back after some. */
const RETRY_MS = MINUTE;
const LONGEST_RETRY_MS = HOUR;
/** By then the next edition is out. */
const GIVE_UP_MS = 36 * HOUR;
/** A mail whose end was never answered may have arrived: so many copies of it are the most, and they come an hour apart. */
export const MOST_UNANSWERED = 3;
/** So many failures to talk to the server, one after the other, say that it is down: the rest waits. */
const SERVER_IS_DOWN = 5;
const DOWN_MS = MINUTE;
const UNSURE = 'Its end was sent, and the mail server never said whether it took the mail.';

/** Later, or not at all where that has gone on for too long. */
export async function retry(run: Run, mail: DigestMail, error: Error): Promise<void> {
  const { db, clock, log } = run.press;
  const now = clock.now();
  const attempts = mail.attempts + 1;
  const wait = Math.min(backoff(attempts, RETRY_MS), LONGEST_RETRY_MS);
  const givesUp = now + wait - mail.created_at > GIVE_UP_MS;
  log.warn({ err: error, mail: mail.id, attempts, givesUp }, 'a digest could not be sent');
  if (!givesUp) {
    run.counts.postponed += 1;
    const { unanswered } = mail;
    await postponeMail(db, mail, { dueAt: now + wait, attempts, unanswered, error: error.message });
  } else if (mail.unanswered > 0) {
    await settleUnsure(run, mail);
  } else {
    run.counts.failed += 1;
    await settleMail(db, mail, { state: 'failed', at: now, error: error.message });
  }
}

export async function retryUnsure(run: Run, mail: DigestMail, error: MailError): Promise<void> {
  const { db, clock, log } = run.press;
  log.warn({ err: error, mail: mail.id, unanswered: mail.unanswered }, 'nobody knows whether a digest was sent');
  if (mail.unanswered >= MOST_UNANSWERED) return await settleUnsure(run, mail);
  run.counts.postponed += 1;
  const { attempts, unanswered } = mail;
  await postponeMail(db, mail, { dueAt: clock.now() + HOUR, attempts, unanswered, error: UNSURE });
}

/** As sent, because it may be there: a mail too few is better than another copy each hour. */
export async function settleUnsure(run: Run, mail: DigestMail): Promise<void> {
  run.counts.unsure += 1;
  await settleMail(run.press.db, mail, { state: 'sent', at: run.press.clock.now(), error: UNSURE });
}

export function isDown({ serverFailures }: Run): boolean {
  return serverFailures >= SERVER_IS_DOWN;
}

/** As if it had not been claimed. */
export async function release(run: Run, mail: DigestMail): Promise<void> {
  const dueAt = run.press.clock.now() + (isDown(run) ? DOWN_MS : 0);
  await postponeMail(run.press.db, mail, { ...mail, dueAt, error: mail.last_error });
}
