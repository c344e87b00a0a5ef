/** Slots that come evenly, over all processes on one database: one row says when the next one is. */

import { sql } from 'kysely';
import type { Limit } from './bucket.ts';
import { keyOf } from './store.ts';
import type { LimitsDb } from './store.ts';

/** A slot further away was given by a clock that was wrong. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * The instant of the next slot, which is then nobody else's: `limit` of them in each window, one as long after the other.
 * Undefined, and nothing is taken, where it would be later than `latest` (epoch ms). One statement.
 */
export async function takeSlot(
  db: LimitsDb,
  { key, limit, windowMs }: Limit,
  { now, latest }: { now: number; latest: number },
): Promise<number | undefined> {
  const interval = Math.max(1, Math.ceil(windowMs / limit));
  const at = (instant: number) => sql`cast(${instant} as bigint)`;
  const { rows } = await sql<{ next: number }>`insert into rate_limits (key, full_at)
    values (cast(${keyOf(key)} as text), ${at(now + interval)})
    on conflict (key) do update set full_at = case
      when rate_limits.full_at > ${at(now)} and rate_limits.full_at <= ${at(now + LONGEST_WAIT_MS)} then rate_limits.full_at
      else ${at(now)} end + ${at(interval)}
    where rate_limits.full_at <= ${at(latest)} or rate_limits.full_at > ${at(now + LONGEST_WAIT_MS)}
    returning full_at as next`.execute(db);
  const [row] = rows;
  return row === undefined ? undefined : Number(row.next) - interval;
}
