/** Rate limits in the database, so that all processes on it count together. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { bucketAt, waitFor } from './bucket.ts';
import type { Limit } from './bucket.ts';
import type { LimitsTables } from './table.ts';

export type LimitsDb = Kysely<LimitsTables>;

export type Taken = { allowed: true } | { allowed: false; retryAfterMs: number };

/**
 * Takes one token, if there is one: atomic between processes, one statement where it is allowed. A refusal costs nothing,
 * so whoever keeps trying is let in as soon as a token is back. Call it outside of a transaction: within one, everybody
 * else with that key waits for its end, and a rollback gives the token back.
 */
export async function take(db: LimitsDb, limit: Limit, now: number): Promise<Taken> {
  const key = keyOf(limit);
  const bucket = bucketAt(limit, now);
  const { interval, latest, absurd } = bucket;
  const { numInsertedOrUpdatedRows: taken } = await db
    .insertInto('rate_limits')
    .values({ key, full_at: now + interval })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          full_at: sql<number>`case when rate_limits.full_at > ${now} and rate_limits.full_at <= ${absurd}
            then rate_limits.full_at else ${now} end + ${interval}`,
        })
        .where((e) => e.or([e('rate_limits.full_at', '<=', latest), e('rate_limits.full_at', '>', absurd)])),
    )
    .executeTakeFirstOrThrow();
  if (taken === 1n) return { allowed: true };
  const row = await db.selectFrom('rate_limits').select('full_at').where('key', '=', key).executeTakeFirst();
  return { allowed: false, retryAfterMs: waitFor(bucket, row?.full_at ?? latest) };
}

/** Forgets what no longer counts. Returns how many rows that were. */
export async function forgetIdle(db: LimitsDb, now: number): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('rate_limits').where('full_at', '<=', now).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Short, and without characters that a database cannot hold, whatever somebody typed. */
function keyOf({ key }: Limit): string {
  return createHash('sha256').update(key).digest('base64url');
}
