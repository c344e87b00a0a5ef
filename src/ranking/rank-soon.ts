/** Ranks right after somebody did something, so that the lists show it within the second. */

import type { Clock } from '#platform/clock.ts';
import type { Later } from '#platform/later.ts';
import type { Db } from '#schema.ts';
import { rankLately } from './rank-lately.ts';

export interface Ranking {
  db: Db;
  clock: Clock;
  later: Later;
}

/**
 * Between two runs while people keep writing: what they did meanwhile is one run, still shown within the second, and those
 * who vote do not wait behind one run for each vote before theirs.
 */
const PAUSE_MS = 150;

/**
 * Returns what is to be called after each write. What is due is found in the database, so however many write at once,
 * one run is under way and at most one more follows it.
 */
export function rankSoon({ db, clock, later }: Ranking): () => void {
  let running = false;
  let again = false;
  const run = (pause: number) => {
    running = true;
    later(async (signal) => {
      try {
        if (pause > 0) await clock.sleep(pause, signal).catch(() => undefined);
        again = false;
        if (!signal.aborted) await rankLately({ db, now: clock.now(), signal });
      } finally {
        running = false;
        if (again && !signal.aborted) run(PAUSE_MS);
      }
    });
  };
  return () => {
    if (running) again = true;
    else run(0);
  };
}
