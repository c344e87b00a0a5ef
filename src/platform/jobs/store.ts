/** SQL on the jobs. A lease is told by its end: whoever has lost it to a successor no longer matches. */

import type { Kysely, Selectable } from 'kysely';
import type { JobsTables, JobTable } from './table.ts';

export type JobsDb = Kysely<JobsTables>;

export async function listJobs(db: JobsDb): Promise<Selectable<JobTable>[]> {
  return await db.selectFrom('jobs').selectAll().orderBy('name').execute();
}

export async function findJob(db: JobsDb, name: string): Promise<Selectable<JobTable> | undefined> {
  return await db.selectFrom('jobs').selectAll().where('name', '=', name).executeTakeFirst();
}

/** True if the job is due and now held until `leasedUntil`. `firstAt` is when one that never ran is due. */
export async function claimJob(
  db: JobsDb,
  name: string,
  { now, firstAt, leasedUntil }: { now: number; firstAt: number; leasedUntil: number },
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const never = { leased_until: 0, started_at: null, finished_at: null, failures: 0, last_error: null };
    await trx
      .insertInto('jobs')
      .values({ name, next_at: firstAt, ...never })
      .onConflict((c) => c.doNothing())
      .execute();
    const claimed = await trx
      .updateTable('jobs')
      .set({ leased_until: leasedUntil, started_at: now })
      .where('name', '=', name)
      .where('next_at', '<=', now)
      .where('leased_until', '<=', now)
      .executeTakeFirst();
    return claimed.numUpdatedRows > 0n;
  });
}

/** Makes it due at `to`, and free, if nobody has touched it since. */
export async function resetJob(
  db: JobsDb,
  name: string,
  { from, to }: { from: Pick<Selectable<JobTable>, 'next_at' | 'leased_until'>; to: number },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ next_at: to, leased_until: 0 })
    .where('name', '=', name)
    .where('next_at', '=', from.next_at)
    .where('leased_until', '=', from.leased_until)
    .execute();
}

/** False if the lease is no longer ours. */
export async function renewLease(db: JobsDb, name: string, lease: { from: number; to: number }): Promise<boolean> {
  const renewed = await db
    .updateTable('jobs')
    .set({ leased_until: lease.to })
    .where('name', '=', name)
    .where('leased_until', '=', lease.from)
    .executeTakeFirst();
  return renewed.numUpdatedRows > 0n;
}

export interface JobOutcome {
  finished_at: number;
  next_at: number;
  failures?: number;
  last_error?: string | null;
}

/** Gives the job free; changes nothing if the lease is no longer ours. */
export async function finishJob(db: JobsDb, name: string, leasedUntil: number, outcome: JobOutcome): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ ...outcome, leased_until: 0 })
    .where('name', '=', name)
    .where('leased_until', '=', leasedUntil)
    .execute();
}
