/** Refuses what is done too often, in words. */

import { counted } from '#platform/counted.ts';
import { AppError } from '#platform/errors.ts';
import type { Limit } from './bucket.ts';
import { takeEach } from './store.ts';
import type { LimitsDb, Taken } from './store.ts';

/**
 * Takes one token of each limit in turn; throws an AppError of kind `rate-limited` at the first that has none. Name the
 * one that many people share (an address) last: what was taken before a refusal stays taken.
 */
export async function demand(db: LimitsDb, limits: readonly Limit[], now: number): Promise<void> {
  const taken = await takeEach(db, limits, now);
  if (!taken.allowed) throw tooOften(taken);
}

function tooOften({ retryAfterMs, words }: Exclude<Taken, { allowed: true }>): AppError {
  return new AppError('rate-limited', words ?? 'That was done too often from here in a short time.', {
    hint: `Nothing was changed. It works again in ${inWords(retryAfterMs)}.`,
    retryAfterMs,
  });
}

/** `40 seconds`, `1 minute`, `3 hours`: rounded up, so that nobody comes too early. */
export function inWords(milliseconds: number): string {
  const units = [
    ['second', 1_000, 90],
    ['minute', 60_000, 90],
    ['hour', 3_600_000, 36],
  ] as const;
  for (const [name, length, most] of units) {
    const count = Math.ceil(milliseconds / length);
    if (count <= most) return counted(count, name);
  }
  return `${Math.ceil(milliseconds / 86_400_000)} days`;
}
