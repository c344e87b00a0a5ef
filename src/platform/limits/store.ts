/** Rate limits in the database, so that all processes on it count together. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import { bucketAt, waitFor } from './bucket.ts';
import type { Limit } from './bucket.ts';
import type { LimitsTables } from './table.ts';

export type LimitsDb = Kysely<LimitsTables>;

export type Taken = { allowed: true } | { allowed: false; retryAfterMs: number; words?: string };

/**
 * Takes one token, if there is one: atomic between processes, one statement where it is allowed. A refusal costs nothing,
 * so whoever keeps trying is let in as soon as a token is back. Call it outside of a transaction: within one, everybody
 * else with that key waits for its end, and a rollback gives the token back.
 */
export async function take(db: LimitsDb, limit: Limit, now: number): Promise<Taken> {
  return await takeEach(db, [limit], now);
}

/**
 * As `take`, one token of each limit in turn up to the first that has none; what was taken before it stays taken. On
 * PostgreSQL, where each statement is a way there and back and a commit on the disk, one statement for all of them.
 */
export async function takeEach(db: LimitsDb, limits: readonly Limit[], now: number): Promise<Taken> {
  const taken = dialectOf(db) === 'postgres' ? await takeAtOnce(db, limits, now) : await takeInTurn(db, limits, now);
  const refused = limits[taken];
  if (refused === undefined) return { allowed: true };
  const bucket = bucketAt(refused, now);
  const key = keyOf(refused.key);
  const row = await db.selectFrom('rate_limits').select('full_at').where('key', '=', key).executeTakeFirst();
  return { allowed: false, retryAfterMs: waitFor(bucket, row?.full_at ?? bucket.latest), ...wordsOf(refused) };
}

/** What is told of the limit that refuses, if it says. */
function wordsOf({ words }: Limit): { words?: string } {
  return words === undefined ? {} : { words };
}

/** How many of the limits had a token. */
async function takeInTurn(db: LimitsDb, limits: readonly Limit[], now: number): Promise<number> {
  for (const [index, limit] of limits.entries()) {
    const { rows } = await taking(limit, now, sql`true`).execute(db);
    if (rows.length === 0) return index;
  }
  return limits.length;
}

/** Each part of the statement takes its token where the part before it had one. */
async function takeAtOnce(db: LimitsDb, limits: readonly Limit[], now: number): Promise<number> {
  if (limits.length === 0) return 0;
  const parts = limits.map((limit, index) => {
    const before = index === 0 ? sql`true` : sql`exists (select 1 from ${sql.table(`taken_${index - 1}`)})`;
    return sql`${sql.table(`taken_${index}`)} as (${taking(limit, now, before)})`;
  });
  const counts = limits.map((_, index) => sql`(select count(*) from ${sql.table(`taken_${index}`)})`);
  const { rows } = await sql<{
    taken: number;
  }>`with ${sql.join(parts)} select ${sql.join(counts, sql` + `)} as taken`.execute(db);
  return Number(rows[0]?.taken);
}

/** Gives one row if a token was taken. */
function taking(limit: Limit, now: number, condition: RawBuilder<unknown>): RawBuilder<{ taken: number }> {
  const { interval, latest, absurd } = bucketAt(limit, now);
  const at = (number: number) => sql`cast(${number} as bigint)`;
  return sql`insert into rate_limits (key, full_at)
    select cast(${keyOf(limit.key)} as text), ${at(now + interval)} where ${condition}
    on conflict (key) do update set full_at = case
      when rate_limits.full_at > ${at(now)} and rate_limits.full_at <= ${at(absurd)} then rate_limits.full_at
      else ${at(now)} end + ${at(interval)}
    where rate_limits.full_at <= ${at(latest)} or rate_limits.full_at > ${at(absurd)}
    returning 1 as taken`;
}

/** Forgets what no longer counts. Returns how many rows that were. */
export async function forgetIdle(db: LimitsDb, now: number): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('rate_limits').where('full_at', '<=', now).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Short, and without characters that a database cannot hold, whatever somebody typed. */
export function keyOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
