/** Time as a dependency, so that tests of schedules and rate limits take none. */

import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(Math.max(0, milliseconds), undefined, signal === undefined ? {} : { signal });
  },
};

/** A clock that stands still until somebody sleeps on it: sleeping moves it forward at once. */
export function manualClock(start: number): Clock & { advance(milliseconds: number): void } {
  let at = start;
  return {
    now: () => at,
    advance: (milliseconds) => {
      at += milliseconds;
    },
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      at += Math.max(0, milliseconds);
      await Promise.resolve();
    },
  };
}
