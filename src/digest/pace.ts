/** Lets so many mails pass each minute, evenly, however many processes send. */

import type { Clock } from '#platform/clock.ts';
import { takeTurn } from '#platform/limits/turns.ts';
import type { Db } from '#schema.ts';

/**
 * Each call resolves when one more may pass, with true. With false, and nothing passes, where that would be later than
 * `latest` (epoch ms).
 */
export type Pace = (latest: number) => Promise<boolean>;

/** At once where `perMinute` is 0. */
export function openPace({ db, clock }: { db: Db; clock: Clock }, perMinute: number): Pace {
  if (perMinute === 0) return async () => true;
  const limit = { key: 'digests', limit: perMinute, windowMs: 60_000 };
  return async (latest) => {
    const at = await takeTurn(db, limit, { now: clock.now(), latest });
    if (at === undefined) return false;
    if (at > clock.now()) await clock.sleep(at - clock.now());
    return true;
  };
}
