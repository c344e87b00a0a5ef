/**
 * Mails that wait in a table of somebody's until they are sent, one after the other: a row first, held while it is being
 * sent, and tried again later. Any number of processes may work on one table.
 */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Clock } from '#platform/clock.ts';
import { dialectOf } from '#platform/db/open.ts';
import type { Log } from '#platform/log.ts';
import { openPatience } from '#platform/patience.ts';
import { MailError } from './mail.ts';

/** What each row has besides what its owner wants to know. Instants are epoch ms. */
export interface WaitingMail {
  id: string;
  created_at: number;
  /** When it is to be tried (again), or until when a process holds it. */
  due_at: number;
  attempts: number;
  last_error: string | null;
}

/** `Name`: a table whose rows are at least a `WaitingMail`; its owner's row type says what else there is. */
export interface Queue<Tables, Name extends keyof Tables & string> {
  db: Kysely<Tables>;
  clock: Clock;
  log: Log;
  /** Has an index by `due_at`. */
  table: Tables[Name] extends WaitingMail ? Name : never;
  /** For the log: `a mail about an account`. */
  what: string;
  /** After so long nobody waits for it any more. */
  giveUpMs: number | ((mail: Tables[Name] & WaitingMail) => number);
  longestRetryMs: number;
  /** Sends it, or finds that there is nothing to send. Whatever it throws concerns this mail alone. */
  deliver(mail: Tables[Name] & WaitingMail, signal: AbortSignal): Promise<void>;
}

/** What the statements need, which are the same for all tables. */
interface Table {
  db: Parameters<typeof dialectOf>[0];
  table: string;
}

const MINUTE = 60_000;
/** Longer than the longest that a mail server is waited for: see `IN_A_HURRY` in `smtp.ts`. */
const HELD_MS = 2 * MINUTE;
/** What is being sent when the program is told to stop may still end well: else it would be sent twice. */
const LAST_MS = MINUTE;
/** First again after half a minute, then twice as late each time: grey lists let through what comes back. */
const RETRY_MS = MINUTE / 2;

/** All that are due, the longest due first. */
export async function sendWaiting<Tables, Name extends keyof Tables & string>(
  queue: Queue<Tables, Name>,
  signal: AbortSignal,
): Promise<void> {
  using patience = openPatience(signal, LAST_MS);
  while (!signal.aborted) {
    const now = queue.clock.now();
    const mail = await claim<Tables[Name] & WaitingMail>(queue, now);
    if (mail === undefined) return;
    await sendOne(queue, mail, patience.signal);
  }
}

async function sendOne<Tables, Name extends keyof Tables & string>(
  queue: Queue<Tables, Name>,
  mail: Tables[Name] & WaitingMail,
  signal: AbortSignal,
): Promise<void> {
  try {
    await queue.deliver(mail, signal);
  } catch (error) {
    const { giveUpMs } = queue;
    const limit = typeof giveUpMs === 'number' ? giveUpMs : giveUpMs(mail);
    return await keepFailed(queue, mail, error as Error, limit);
  }
  await remove(queue, mail);
}

type Policy = Pick<Queue<never, never>, 'clock' | 'log' | 'what' | 'longestRetryMs'> & Table;

async function keepFailed(queue: Policy, mail: WaitingMail, error: Error, giveUpMs: number): Promise<void> {
  const { clock, log, what, longestRetryMs } = queue;
  const now = clock.now();
  const attempts = mail.attempts + 1;
  const wait = Math.min(RETRY_MS * 2 ** mail.attempts, longestRetryMs);
  const isPermanent = error instanceof MailError && error.permanent;
  const givesUp = isPermanent || now + wait - mail.created_at > giveUpMs;
  log.error({ err: error, mail: mail.id, attempts, givesUp }, `${what} could not be sent`);
  if (givesUp) await remove(queue, mail);
  else await postpone(queue, mail, { dueAt: now + wait, attempts, error: error.message });
}

/** Held for us; other processes take other ones, and this one when it is free again. One statement. */
async function claim<Mail extends WaitingMail>({ db, table }: Table, now: number): Promise<Mail | undefined> {
  const skip = dialectOf(db) === 'postgres' ? sql`for update skip locked` : sql``;
  const { rows } = await sql<Mail>`
    update ${sql.table(table)} set due_at = ${now + HELD_MS} where id = (
      select id from ${sql.table(table)} where due_at <= ${now} order by due_at, id limit 1 ${skip}
    ) returning *`.execute(db);
  return rows[0];
}

/** Both leave alone what is no longer ours, because we held it for too long. */
async function remove({ db, table }: Table, { id, due_at: heldUntil }: WaitingMail): Promise<void> {
  await sql`delete from ${sql.table(table)} where id = ${id} and due_at = ${heldUntil}`.execute(db);
}

async function postpone(
  { db, table }: Table,
  { id, due_at: heldUntil }: WaitingMail,
  { dueAt, attempts, error }: { dueAt: number; attempts: number; error: string },
): Promise<void> {
  await sql`update ${sql.table(table)} set due_at = ${dueAt}, attempts = ${attempts}, last_error = ${error}
    where id = ${id} and due_at = ${heldUntil}`.execute(db);
}
