/** Lets so many mails pass each minute, evenly, however many processes send. */

import type { Clock } from '#platform/clock.ts';
import { takeSlot } from '#platform/limits/slots.ts';
import type { Db } from '#schema.ts';

/**
 * Each call resolves when one more may pass, with true. With false, and nothing passes, where that would be later than
 * `latest` (epoch ms), and as soon as `signal` aborts: who is told to stop waits for nobody's slot.
 */
export type Pace = (latest: number, signal?: AbortSignal) => Promise<boolean>;

/** At once where `perMinute` is 0. */
export function openPace({ db, clock }: { db: Db; clock: Clock }, perMinute: number): Pace {
  if (perMinute === 0) return async () => true;
  const limit = { key: 'digests', limit: perMinute, windowMs: 60_000 };
  return async (latest, signal) => {
    const at = await takeSlot(db, limit, { now: clock.now(), latest });
    if (at === undefined) return false;
    try {
      if (at > clock.now()) await clock.sleep(at - clock.now(), signal);
    } catch (error) {
      if (signal?.aborted === true) return false;
      throw error;
    }
    return true;
  };
}
