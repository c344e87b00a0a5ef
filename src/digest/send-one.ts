/** Sends one mail and writes down what became of it. */

import { backoff } from '#platform/http/retry.ts';
import { MailError } from '#platform/mail/mail.ts';
import { openEnding } from './ending.ts';
import type { Ending } from './ending.ts';
import { judgeRefused, noteRefused } from './refused.ts';
import type { Rendered } from './render.ts';
import type { Run } from './send-mails.ts';
import { MOST_UNANSWERED, release, retry, retryUnsure, settleUnsure } from './retry.ts';
import { settleMail } from './store.ts';
import type { DigestMail } from './store.ts';
import { verdictOfRefusal } from './verdict.ts';

const MINUTE = 60_000;
/** Between tries to write down that a mail was sent: doubled each time up to … */
const NOTE_RETRY_MS = 250;
const LONGEST_NOTE_RETRY_MS = 10_000;

/**
 * Mails are handed over side by side, but end one after the other: the next one ends only when it is written down that
 * this one was sent. So a kill at any moment leaves one mail at most of which nobody knows, and which is sent again,
 * with the same Message-ID. Throws where the database fails; then no other mail of the run ends.
 */
export async function sendOne(run: Run, mail: DigestMail, rendered: Rendered): Promise<void> {
  if (mail.unanswered >= MOST_UNANSWERED) return await settleUnsure(run, mail);
  if (!('email' in rendered)) return await leaveOut(run, mail, rendered);
  const ending = openEnding(run, mail);
  try {
    const error = await handOver(run, rendered, ending);
    if (ending.problem() !== undefined) throw ending.problem() as Error;
    if (error !== undefined) return await fail(run, ending, rendered.email, error);
    await noteSent(run, ending.mail());
    await judgeRefused(run);
  } catch (error) {
    run.broken ??= error as Error;
    throw error;
  } finally {
    ending.close();
  }
}

/** When the program is told to stop, a mail is dropped whose end is not out: the server forgets it. */
async function handOver(
  { press, told, patience }: Run,
  rendered: Extract<Rendered, { email: string }>,
  ending: Ending,
): Promise<Error | undefined> {
  const dropped = new AbortController();
  const drop = () => {
    if (!ending.isOut()) dropped.abort(told?.reason);
  };
  told?.addEventListener('abort', drop);
  const signal = AbortSignal.any([dropped.signal, patience]);
  try {
    await press.mail.send(rendered.message(press.clock.now()), signal, ending.begin);
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    told?.removeEventListener('abort', drop);
    await ending.quiet();
  }
}

/** The server has it: whatever the database does meanwhile, it must not be sent again. */
async function noteSent(run: Run, mail: DigestMail): Promise<void> {
  const { db, clock, log } = run.press;
  const sentAt = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await settleMail(db, mail, { state: 'sent', at: sentAt });
      break;
    } catch (error) {
      if (run.patience.aborted || clock.now() > (mail.due_at ?? 0) - MINUTE) throw error;
      log.error({ err: error, mail: mail.id }, 'a digest was sent, and that cannot be written down; tried again');
      await clock.sleep(Math.min(backoff(attempt, NOTE_RETRY_MS), LONGEST_NOTE_RETRY_MS), run.patience);
    }
  }
  run.counts.sent += 1;
  run.serverFailures = 0;
  run.refusedInRow = 0;
}

async function leaveOut(run: Run, mail: DigestMail, rendered: Exclude<Rendered, { email: string }>): Promise<void> {
  const at = run.press.clock.now();
  if ('skipped' in rendered) {
    run.counts.skipped += 1;
    await settleMail(run.press.db, mail, { state: 'skipped', at, error: rendered.skipped });
  } else {
    run.counts.failed += 1;
    run.press.log.error({ err: rendered.unreadable, mail: mail.id }, 'a digest of the outbox cannot be made');
    await settleMail(run.press.db, mail, { state: 'failed', at, error: rendered.unreadable.message });
  }
}

/** Whether the server has said something, or was sent the mail's end. */
function wasHeard(error: Error): boolean {
  return error instanceof MailError && (error.isUnsure || error.refusal.code !== undefined);
}

async function fail(run: Run, ending: Ending, email: string, error: Error): Promise<void> {
  const mail = ending.mail();
  if (ending.isLost()) {
    run.press.log.warn({ mail: mail.id }, 'a digest was not sent: another process has it, or a newer edition has come');
    return;
  }
  if (run.told?.aborted === true && !wasHeard(error)) return await release(run, mail);
  if (!(error instanceof MailError)) return await retry(run, mail, error);
  if (error.isUnsure) {
    run.serverFailures += 1;
    return await retryUnsure(run, ending.unanswered(), error);
  }
  const verdict = verdictOfRefusal(error.refusal);
  const isOfServer = error.refusal.refused === 'session' || verdict === 'ours';
  run.serverFailures = isOfServer ? run.serverFailures + 1 : 0;
  if (verdict === 'gone' || verdict === 'returned') noteRefused(run, { mail, email, verdict, error });
  else await retry(run, mail, error);
}
