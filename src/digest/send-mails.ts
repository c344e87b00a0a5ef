/** Sends the mails of the outbox that are due. Any number of processes may do so at once. */

import { AppError } from '#platform/errors.ts';
import { bulkConnections } from '#platform/mail/mail.ts';
import { openPatience } from '#platform/patience.ts';
import { hydrate } from '#feed/hydrate.ts';
import { paperIdsOf } from './contents.ts';
import { openGists } from './gist/gists.ts';
import type { Gists } from './gist/gists.ts';
import { openMailSite } from './message.ts';
import type { MailSite } from './message.ts';
import { openPace } from './pace.ts';
import type { Pace } from './pace.ts';
import type { Press } from './press.ts';
import { renderMails } from './render.ts';
import type { Rendered } from './render.ts';
import { isRefusedByAll, judgeRest } from './refused.ts';
import type { RefusedMail } from './refused.ts';
import { isDown, release } from './retry.ts';
import { sendOne } from './send-one.ts';
import { claimMails, listWaitingContents } from './store.ts';
import type { DigestMail } from './store.ts';
import { openTurns } from './turns.ts';
import type { Turns } from './turns.ts';

const MINUTE = 60_000;
/** Held so long before other processes take them: after a crash, this is how long those that were held wait. */
export const HELD_MS = 5 * MINUTE;
/** Mails claimed at a time. */
const BATCH = 100;
/** None is begun later than so long after the claim; `ending.ts` sees to it that none ends that is no longer ours. */
const BEGUN_WITHIN_MS = 3 * MINUTE;
/** Where other processes have all slots of the pace for as long as a mail may wait. */
const SLOTS_ARE_TAKEN_MS = MINUTE / 2;
/** When the program is told to stop, no other mail ends; the answer to one whose end is out is waited for so long. */
const LAST_MS = MINUTE;
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
  /** Perhaps sent: the server never said so, and they are not tried again. */
  unsure: number;
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
  /** Aborts when the program is told to stop. */
  told: AbortSignal | undefined;
  /** Aborts a minute after that. */
  patience: AbortSignal;
  /** Failures to talk to the server, one after the other. */
  serverFailures: number;
  /** Refused for good, and not judged yet. */
  refused: RefusedMail[];
  /** Refused for good since a mail was accepted. */
  refusedInRow: number;
  /** What the database said when it could not be written down what became of a mail: no other ends. */
  broken: Error | undefined;
}

/** `only`: nothing but these mails, by id. Throws AppError 'upstream' where a server refuses nearly everybody: they wait. */
export async function sendDue(press: Press, signal?: AbortSignal, only?: readonly string[]): Promise<SendCounts> {
  using patience = openPatience(signal, LAST_MS);
  const run: Run = {
    press,
    site: openMailSite(press),
    gists: openGists(press),
    counts: { sent: 0, failed: 0, skipped: 0, postponed: 0, unsure: 0, suppressed: 0 },
    turns: openTurns(press.config.DIGESTS_AT_ONCE),
    told: signal,
    patience: patience.signal,
    serverFailures: 0,
    refused: [],
    refusedInRow: 0,
    broken: undefined,
  };
  await prepareGists(run, signal);
  await sendAll(run, signal, only);
  tell(run);
  return run.counts;
}

async function sendAll(run: Run, signal: AbortSignal | undefined, only: readonly string[] | undefined): Promise<void> {
  const { db, clock, config } = run.press;
  const pace = openPace(run.press, config.DIGESTS_PER_MINUTE);
  const isOver = () => isStopped(run) || signal?.aborted === true;
  while (!isOver()) {
    const now = clock.now();
    const mails = await claimMails(db, now, now + HELD_MS, batchFor(config.DIGESTS_PER_MINUTE), only);
    if (mails.length === 0) return;
    const begun = await sendBatch(run, mails, { claimedAt: now, pace, isOver, signal });
    await judgeRest(run);
    refuseToGoOn(run);
    if (begun === 0 && !isOver()) await clock.sleep(SLOTS_ARE_TAKEN_MS, signal).catch(() => undefined);
  }
}

interface Batch {
  claimedAt: number;
  pace: Pace;
  isOver: () => boolean;
  signal: AbortSignal | undefined;
}

/** Returns how many were begun; the others are put back. */
async function sendBatch(
  run: Run,
  mails: readonly DigestMail[],
  { claimedAt, pace, isOver, signal }: Batch,
): Promise<number> {
  const { press, site, gists } = run;
  const rendered = await renderMails({ db: press.db, site, gists }, mails, claimedAt);
  const latest = claimedAt + BEGUN_WITHIN_MS;
  const isLate = () => press.clock.now() > latest || isOver();
  const waiting = mails.values();
  let begun = 0;
  const worker = async () => {
    for (const mail of waiting) {
      // Who only puts it back takes no slot of the pace.
      const mayBegin = !isLate() && (await pace(latest, signal)) && !isLate();
      if (!mayBegin) {
        await release(run, mail);
        continue;
      }
      begun += 1;
      await sendOne(run, mail, rendered.get(mail.id) as Rendered);
    }
  };
  await allWell(Array.from({ length: bulkConnections(press.config) }, worker));
  return begun;
}

/** Not more than the pace lets through while they are held; all of them where there is none. */
function batchFor(perMinute: number): number {
  return perMinute === 0 ? BATCH : Math.min(BATCH, perMinute * 2);
}

/** Whatever happens to one, the others end what they have begun. */
async function allWell(work: Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) if (outcome.status === 'rejected') throw outcome.reason;
}

function isStopped(run: Run): boolean {
  return isDown(run) || isRefusedByAll(run) || run.broken !== undefined;
}

function refuseToGoOn(run: Run): void {
  if (!isRefusedByAll(run)) return;
  const { refusedInRow, counts } = run;
  throw new AppError(
    'upstream',
    `The mail server refused ${Math.max(refusedInRow, counts.suppressed)} mails for good and took ${counts.sent}: it seems to have something against us.`,
    {
      hint: 'Nothing more is sent in this run; what was refused is tried again. “broadsheet status” has what it says.',
    },
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
  const { sent, failed, postponed, unsure } = counts;
  if (sent + failed + postponed + unsure === 0) return;
  if (mail.place === undefined) log.info(counts, `${sent} digests and alerts were handed to the mail server`);
  else log.info(counts, `no SMTP_URL is set; ${sent} digests and alerts were written to ${mail.place}`);
}
