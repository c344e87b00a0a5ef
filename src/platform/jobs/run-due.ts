/** Runs recurring jobs when they are due. What is due is a query, and a lease keeps two processes from one job. */

import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import { claimJob, findJob, finishJob, renewLease, resetJob } from './store.ts';
import type { JobsDb } from './store.ts';

export interface Job {
  name: string;
  /** Epoch ms of the next run after one that ended well at `now`. */
  next(now: number): number;
  /** Epoch ms of the very first run in an installation; at once if left out. */
  first?(now: number): number;
  run(signal: AbortSignal): Promise<void>;
}

export interface JobContext {
  db: JobsDb;
  clock: Clock;
  log: Log;
}

/** A process that died is succeeded after this; a living one renews well before. */
const LEASE_MS = 120_000;
const RENEW_MS = 30_000;
/** After a failure: 5 minutes, doubled each time, at most 3 hours, so that an outage upstream costs it little. */
const RETRY_MS = 300_000;
const RETRY_LIMIT_MS = 3 * 3_600_000;
/** What is due so much later than it would be put off to by now was put off by a clock that was ahead. */
const AHEAD_MS = 24 * 3_600_000;

/**
 * Runs the job if it is due and nobody else does. Never throws: failures of the job are logged, kept and tried again
 * later; when the database itself fails there is nowhere to keep anything, so that is only logged.
 */
export async function runIfDue(context: JobContext, job: Job, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = context;
  try {
    const now = clock.now();
    let known = await findJob(db, job.name);
    const latest = Math.max(job.next(now), job.first?.(now) ?? now) + AHEAD_MS;
    if (known && Math.max(known.next_at, known.leased_until) > latest) {
      log.warn(
        { job: job.name, next: known.next_at },
        'a job was due too far ahead: was the clock ahead? it is due now',
      );
      await resetJob(db, job.name, { from: known, to: now });
      known = await findJob(db, job.name);
    }
    if (known && (known.next_at > now || known.leased_until > now)) return; // the usual case costs no write
    const lease = { until: now + LEASE_MS };
    const claim = { now, firstAt: job.first?.(now) ?? now, leasedUntil: lease.until };
    if (await claimJob(db, job.name, claim)) await runClaimed(context, job, lease, known?.failures ?? 0, signal);
  } catch (error) {
    log.error({ err: error, job: job.name }, 'a job could not be looked up or kept');
  }
}

async function runClaimed(
  context: JobContext,
  job: Job,
  lease: { until: number },
  failuresBefore: number,
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, log } = context;
  const renewal = setInterval(() => void renew(context, job, lease), RENEW_MS);
  try {
    await job.run(signal);
    const finished_at = clock.now();
    const outcome = { finished_at, next_at: job.next(finished_at), failures: 0, last_error: null };
    await finishJob(db, job.name, lease.until, outcome);
  } catch (error) {
    const finished_at = clock.now();
    // Stopped by us: due again at once.
    if (signal.aborted) return await finishJob(db, job.name, lease.until, { finished_at, next_at: finished_at });
    const failures = failuresBefore + 1;
    const wait = Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_LIMIT_MS);
    const last_error = (error as Error).message;
    log.warn({ err: error, job: job.name }, `a job failed, next try in ${Math.round(wait / 60_000)} minutes`);
    await finishJob(db, job.name, lease.until, { finished_at, next_at: finished_at + wait, failures, last_error });
  } finally {
    clearInterval(renewal);
  }
}

async function renew({ db, clock, log }: JobContext, job: Job, lease: { until: number }): Promise<void> {
  const to = clock.now() + LEASE_MS;
  try {
    if (await renewLease(db, job.name, { from: lease.until, to })) lease.until = to;
  } catch (error) {
    log.warn({ err: error, job: job.name }, 'could not renew the lease of a job');
  }
}
