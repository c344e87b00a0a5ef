/** Lets so many pass each minute, evenly. */

import type { Clock } from '#platform/clock.ts';

/** Each call resolves when one more may pass; at once where `perMinute` is 0. */
export function openPace(clock: Clock, perMinute: number): () => Promise<void> {
  if (perMinute === 0) return async () => undefined;
  const between = 60_000 / perMinute;
  let next = clock.now();
  return async () => {
    const at = Math.max(next, clock.now());
    next = at + between;
    if (at > clock.now()) await clock.sleep(at - clock.now());
  };
}
