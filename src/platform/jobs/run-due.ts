/** Runs recurring jobs when they are due. What is due is a query, and a lease keeps two processes from one job. */

import type { Kysely } from 'kysely';
import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import type { JobsTables } from './table.ts';

export interface Job {
  name: string;
  /** Epoch ms of the next run after one that ended well at `now`. */
  next(now: number): number;
  /** Epoch ms of the very first run in an installation; at once if left out. */
  first?(now: number): number;
  run(signal: AbortSignal): Promise<void>;
}

export interface JobContext<Schema extends JobsTables> {
  db: Kysely<Schema>;
  clock: Clock;
  log: Log;
}

/** A process that died is succeeded after this; a living one renews well before. */
const LEASE_MS = 120_000;
const RENEW_MS = 30_000;
/** After a failure: 5 minutes, doubled each time, at most 3 hours, so that an outage upstream costs it little. */
const RETRY_MS = 300_000;
const RETRY_LIMIT_MS = 3 * 3_600_000;

/** Runs every due job once, one after another. Failures are logged and kept, never thrown. */
export async function runDue(
  context: JobContext<JobsTables>,
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<void> {
  for (const job of jobs) {
    if (signal.aborted) return;
    if (await claim(context, job)) await runClaimed(context, job, signal);
  }
}

async function claim({ db, clock }: JobContext<JobsTables>, job: Job): Promise<boolean> {
  const now = clock.now();
  const known = await db.selectFrom('jobs').selectAll().where('name', '=', job.name).executeTakeFirst();
  if (known && (known.next_at > now || known.leased_until > now)) return false; // the usual case costs no write
  return await db.transaction().execute(async (trx) => {
    const next_at = job.first?.(now) ?? now;
    await trx
      .insertInto('jobs')
      .values({
        name: job.name,
        leased_until: 0,
        started_at: null,
        finished_at: null,
        next_at,
        failures: 0,
        last_error: null,
      })
      .onConflict((c) => c.doNothing())
      .execute();
    const claimed = await trx
      .updateTable('jobs')
      .set({ leased_until: now + LEASE_MS, started_at: now })
      .where('name', '=', job.name)
      .where('next_at', '<=', now)
      .where('leased_until', '<=', now)
      .executeTakeFirst();
    return claimed.numUpdatedRows > 0n;
  });
}

async function runClaimed(context: JobContext<JobsTables>, job: Job, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = context;
  const renewal = setInterval(() => {
    const leased_until = clock.now() + LEASE_MS;
    const renewing = db.updateTable('jobs').set({ leased_until }).where('name', '=', job.name).execute();
    renewing.catch((error: unknown) => log.warn({ err: error, job: job.name }, 'could not renew the lease of a job'));
  }, RENEW_MS);
  try {
    await job.run(signal);
    await finish(context, job, { next_at: job.next(clock.now()), failures: 0, last_error: null });
  } catch (error) {
    if (signal.aborted) return await finish(context, job, { next_at: clock.now() }); // stopped by us: due again at once
    const failures =
      ((await db.selectFrom('jobs').select('failures').where('name', '=', job.name).executeTakeFirst())?.failures ??
        0) + 1;
    const wait = Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_LIMIT_MS);
    log.warn({ job: job.name, retryInMinutes: Math.round(wait / 60_000) }, (error as Error).message);
    await finish(context, job, { next_at: clock.now() + wait, failures, last_error: (error as Error).message });
  } finally {
    clearInterval(renewal);
  }
}

async function finish(
  { db, clock }: JobContext<JobsTables>,
  job: Job,
  state: { next_at: number; failures?: number; last_error?: string | null },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ ...state, leased_until: 0, finished_at: clock.now() })
    .where('name', '=', job.name)
    .execute();
}
