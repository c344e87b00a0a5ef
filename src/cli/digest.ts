/** `broadsheet digest`: sends what is due now, shows what would be sent, reads what came back. */

import { createApp } from '../app.ts';
import { parseEmail } from '#accounts/user.ts';
import { readBounceFiles } from '#digest/bounces/read-files.ts';
import { listWouldBeSent, writeAsked } from '#digest/by-hand.ts';
import type { AskedByHand } from '#digest/by-hand.ts';
import { editionOf } from '#digest/edition.ts';
import type { Press } from '#digest/press.ts';
import { requireEdition } from '#digest/require-edition.ts';
import { describeWaiting } from '#digest/store.ts';
import { runDigests } from '#digest/run.ts';
import { sendDue } from '#digest/send-mails.ts';
import type { SendCounts } from '#digest/send-mails.ts';
import { openSample, sendSample } from '#digest/send-sample.ts';
import { mailWarning, publicUrl, readConfig } from '#platform/config.ts';
import { AppError, invalid } from '#platform/errors.ts';
import { isMailed } from '#subscriptions/due.ts';
import { findSuppression } from '#subscriptions/suppress.ts';
import { requireDatabase } from './existing-database.ts';
import type { Io } from './io.ts';

interface DigestOptions {
  dryRun?: boolean;
  to?: string;
  edition?: string;
}

/** 1 where a mail could not be handed over. */
export async function digestCommand(io: Io, options: DigestOptions): Promise<number> {
  const asked = readAsked(options);
  const signal = io.signal();
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  const warning = mailWarning(config);
  if (warning !== undefined) app.log.warn(warning);
  const press: Press = { ...app, url: publicUrl(config) };
  if (asked.email !== undefined) await requireMailable(press, asked.email);
  if (asked.label !== undefined) await requireEdition(press, asked.label);
  if (options.dryRun === true) return await showDue(io, press, asked);
  if (asked.label === undefined && asked.email === undefined)
    return await tellWaiting(io, press, report(io, await runDigests(press, signal), signal));
  const ids = await writeAsked(press, asked);
  if (ids.length === 0 && asked.email !== undefined) return await sampleOrNothing(io, press, asked.email, asked.label);
  return report(io, await sendDue(press, signal, ids), signal);
}

function readAsked({ to, edition }: DigestOptions): AskedByHand {
  if (edition !== undefined) editionOf(edition, { weekday: 1 });
  const email = to === undefined ? undefined : parseEmail(to);
  if (to !== undefined && email === undefined)
    throw invalid(`“${to}” is no mail address.`, 'One looks like ann@example.org.');
  return { label: edition, email };
}

async function requireMailable({ db }: Press, email: string): Promise<void> {
  const suppressed = await findSuppression(db, email);
  if (suppressed === undefined) return;
  throw new AppError('conflict', `Nothing is sent to ${email}: ${suppressed.reason}. ${suppressed.detail}`);
}

async function showDue(io: Io, press: Press, asked: AskedByHand): Promise<number> {
  const mails = await listWouldBeSent(press, asked);
  const { email: to, label } = asked;
  if (mails.length === 0 && to !== undefined && !(await isMailed(press.db, to))) {
    const { subject, items } = await openSample(press, label);
    io.out(`${to}\tsample\t${items.length}\t${subject}\n`);
    io.err(`${to} has no subscription: a sample would be sent; nothing was written.\n`);
    return 0;
  }
  for (const { email, edition, subject, papers } of mails) io.out(`${email}\t${edition}\t${papers}\t${subject}\n`);
  io.err(`${mails.length === 1 ? '1 mail' : `${mails.length} mails`} would be sent; nothing was written.\n`);
  return 0;
}

/** A subscriber has had this edition, or has nothing new in it; anybody else gets a sample. */
async function sampleOrNothing(io: Io, press: Press, email: string, label: string | undefined): Promise<number> {
  if (await isMailed(press.db, email)) {
    io.err(`${email} has had this edition, or there is nothing new in it: nothing was sent.\n`);
    return 0;
  }
  const subject = await sendSample(press, email, label);
  io.out(`${email}\t${subject}\n`);
  io.err(`${email} has no subscription: this was a sample, with links for nobody.\n`);
  return 0;
}

function report(io: Io, { sent, failed, skipped, postponed, unsure }: SendCounts, signal: AbortSignal): number {
  const doubt = unsure === 0 ? '' : `, ${unsure} perhaps sent`;
  io.out(`${sent} sent, ${failed} failed, ${skipped} skipped, ${postponed} to be tried again${doubt}\n`);
  signal.throwIfAborted(); // the rest waits
  return failed + postponed + unsure > 0 ? 1 : 0;
}

/** What others hold, or a server did not take: who runs this by hand is not done yet. */
async function tellWaiting(io: Io, { db }: Press, code: number): Promise<number> {
  const { waiting, nextAt } = await describeWaiting(db);
  const until =
    nextAt === null ? '' : `, the next until ${new Date(nextAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (waiting > 0) io.err(`${waiting === 1 ? '1 mail waits' : `${waiting} mails wait`}${until}.\n`);
  return code;
}

/** 1 where a file has nothing that could be read. */
export async function bouncesCommand(io: Io, files: readonly string[]): Promise<number> {
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  const { bounces, suppressed, unsubscribed, unread } = await readBounceFiles(app, files);
  io.out(
    `${bounces} bounces, ${suppressed} addresses suppressed, ${unsubscribed} unsubscribed, ${unread} mails of no concern\n`,
  );
  return 0;
}
