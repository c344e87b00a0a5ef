/** Sends one mail and writes down what became of it. */

import { MailError } from '#platform/mail/mail.ts';
import { backoff } from '#platform/http/retry.ts';
import { noteVerdict } from './note-verdict.ts';
import type { Rendered } from './render.ts';
import type { Run } from './send-mails.ts';
import { postponeMail, settleMail } from './store.ts';
import type { DigestMail } from './store.ts';
import { verdictOfRefusal } from './verdict.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** First again after a minute, then twice as late each time: grey lists let through what comes back after some. */
const RETRY_MS = MINUTE;
const LONGEST_RETRY_MS = HOUR;
/** By then the next edition is out. */
const GIVE_UP_MS = 36 * HOUR;

/**
 * Mails are handed over side by side, but end one after the other: the next one ends only when it is written down that
 * this one was sent. So a kill at any moment leaves one mail at most of which nobody knows, and which is sent again,
 * with the same Message-ID.
 */
export async function sendOne(run: Run, mail: DigestMail, rendered: Rendered): Promise<void> {
  const { db, clock, mail: post } = run.press;
  if ('skipped' in rendered) {
    run.counts.skipped += 1;
    await settleMail(db, mail, { state: 'skipped', at: clock.now(), error: rendered.skipped });
    return;
  }
  let isOver = false;
  let endTurn: (() => void) | undefined;
  const beforeEnd = async () => {
    const end = await run.turns.take();
    if (isOver) end();
    else endTurn = end;
  };
  try {
    await post.send(rendered.message(clock.now()), run.patience, beforeEnd);
    await settleMail(db, mail, { state: 'sent', at: clock.now() });
    run.counts.sent += 1;
    run.serverFailures = 0;
  } catch (error) {
    await fail(run, mail, rendered.email, error as Error);
  } finally {
    isOver = true;
    endTurn?.();
  }
}

async function fail(run: Run, mail: DigestMail, email: string, error: Error): Promise<void> {
  const { db, clock, log } = run.press;
  const now = clock.now();
  if (error instanceof MailError) {
    run.serverFailures = error.refusal.refused === 'session' ? run.serverFailures + 1 : 0;
    const verdict = verdictOfRefusal(error.refusal);
    if (verdict !== 'nothing') {
      const detail = error.refusal.reply;
      const isGone = await noteVerdict(db, { email, mailId: mail.id, verdict, reason: 'refused', detail }, now);
      run.counts.failed += 1;
      if (isGone) run.counts.suppressed += 1;
      log.warn({ err: error, mail: mail.id, isGone }, 'a digest was refused for good');
      await settleMail(db, mail, { state: 'failed', at: now, error: error.message });
      return;
    }
  }
  const attempts = mail.attempts + 1;
  const wait = Math.min(backoff(attempts, RETRY_MS), LONGEST_RETRY_MS);
  const givesUp = now + wait - mail.created_at > GIVE_UP_MS;
  log.warn({ err: error, mail: mail.id, attempts, givesUp }, 'a digest could not be sent');
  if (givesUp) {
    run.counts.failed += 1;
    await settleMail(db, mail, { state: 'failed', at: now, error: error.message });
  } else {
    run.counts.postponed += 1;
    await postponeMail(db, mail, { dueAt: now + wait, attempts, error: error.message });
  }
}
