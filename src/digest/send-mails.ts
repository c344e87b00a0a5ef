/** Sends the mails of the outbox that are due. Any number of processes may do so at once. */

import { AppError } from '#platform/errors.ts';
import { hydrate } from '#feed/hydrate.ts';
import { paperIdsOf } from './contents.ts';
import { openGists } from './gist/gists.ts';
import type { Gists } from './gist/gists.ts';
import { openMailSite } from './message.ts';
import type { MailSite } from './message.ts';
import { openPace } from './pace.ts';
import type { Press } from './press.ts';
import { renderMails } from './render.ts';
import type { Rendered } from './render.ts';
import { sendOne } from './send-one.ts';
import { claimMails, listWaitingContents, postponeMail } from './store.ts';
import type { DigestMail } from './store.ts';
import { openTurns } from './turns.ts';
import type { Turns } from './turns.ts';

const MINUTE = 60_000;
/** Held so long before other processes take them: after a crash, this is how long those that were held wait. */
export const HELD_MS = 5 * MINUTE;
/** Mails claimed at a time. */
const BATCH = 100;
/** One mail takes no longer, with all that a server may keep us waiting for: later none is begun. */
const LONGEST_SEND_MS = 2 * MINUTE;
/** Mails handed over at once, as many as there are connections. */
const AT_ONCE = 5;
/** So many failures to talk to the server, one after the other, say that it is down: the rest waits. */
const SERVER_IS_DOWN = 5;
const DOWN_MS = MINUTE;
/** What is under way when the program is told to stop may still end well. */
const LAST_MS = 5_000;
/** So many addresses refused for good, and more than were accepted: that is not the addresses' fault. */
const SUSPICIOUS = 20;
/** Waiting mails whose papers get their gists before the first is sent. */
const LOOKED_AHEAD = 1_000;

export interface SendCounts {
  sent: number;
  /** Refused for good, or tried for too long. */
  failed: number;
  /** No longer wanted. */
  skipped: number;
  /** To be tried again later. */
  postponed: number;
  /** Of those that failed, by addresses that are no longer mailed. */
  suppressed: number;
}

/** What all who send in one run share. */
export interface Run {
  press: Press;
  site: MailSite;
  gists: Gists;
  counts: SendCounts;
  turns: Turns;
  /** Aborts a little after the program was told to stop. */
  patience: AbortSignal;
  /** Failures to talk to the server, one after the other. */
  serverFailures: number;
}

/** `only`: nothing but these mails, by id. Throws AppError 'upstream' where a server refuses nearly everybody; what it refused meanwhile stays refused. */
export async function sendDue(press: Press, signal?: AbortSignal, only?: readonly string[]): Promise<SendCounts> {
  const stop = new AbortController();
  const told = () => setTimeout(() => stop.abort(signal?.reason), LAST_MS).unref();
  signal?.addEventListener('abort', told);
  const run: Run = {
    press,
    site: openMailSite(press),
    gists: openGists(press),
    counts: { sent: 0, failed: 0, skipped: 0, postponed: 0, suppressed: 0 },
    turns: openTurns(),
    patience: stop.signal,
    serverFailures: 0,
  };
  try {
    await prepareGists(run, signal);
    await sendAll(run, signal, only);
  } finally {
    signal?.removeEventListener('abort', told);
  }
  tell(run);
  return run.counts;
}

async function sendAll(run: Run, signal: AbortSignal | undefined, only: readonly string[] | undefined): Promise<void> {
  const { db, clock, config } = run.press;
  const pace = openPace(clock, config.DIGESTS_PER_MINUTE);
  while (signal?.aborted !== true && !isDown(run)) {
    const now = clock.now();
    const mails = await claimMails(db, now, now + HELD_MS, BATCH, only);
    if (mails.length === 0) return;
    const rendered = await renderMails({ db, site: run.site, gists: run.gists }, mails, now);
    const waiting = mails.values();
    const worker = async () => {
      for (const mail of waiting) {
        await pace();
        const isLate = clock.now() > now + HELD_MS - LONGEST_SEND_MS;
        if (isLate || isDown(run) || signal?.aborted === true) await release(run, mail);
        else await sendOne(run, mail, rendered.get(mail.id) as Rendered);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    refuseToGoOn(run);
  }
}

function isDown({ serverFailures }: Run): boolean {
  return serverFailures >= SERVER_IS_DOWN;
}

/** As if it had not been claimed. */
async function release(run: Run, mail: DigestMail): Promise<void> {
  const dueAt = run.press.clock.now() + (isDown(run) ? DOWN_MS : 0);
  await postponeMail(run.press.db, mail, { dueAt, attempts: mail.attempts, error: mail.last_error });
}

function refuseToGoOn({ counts: { suppressed, sent } }: Run): void {
  if (suppressed < SUSPICIOUS || suppressed < sent) return;
  throw new AppError(
    'upstream',
    `The mail server refused ${suppressed} addresses for good and took ${sent}: it seems to have something against us.`,
    { hint: 'Nothing more is sent in this run. What it says stands beside the suppressed addresses.' },
  );
}

/** Before the mails are claimed, because a model may take its time. */
async function prepareGists({ press, gists }: Run, signal: AbortSignal | undefined): Promise<void> {
  if (press.config.LLM_URL === '') return;
  const contents = await listWaitingContents(press.db, LOOKED_AHEAD);
  const cards = await hydrate(press.db, [...new Set(contents.flatMap(paperIdsOf))]);
  await gists.prepare(
    cards.map(({ paper }) => paper),
    signal,
  );
}

function tell({ press: { log, mail }, counts }: Run): void {
  const { sent, failed, postponed } = counts;
  if (sent + failed + postponed === 0) return;
  if (mail.place === undefined) log.info(counts, `${sent} digests and alerts were handed to the mail server`);
  else log.info(counts, `no SMTP_URL is set; ${sent} digests and alerts were written to ${mail.place}`);
}
