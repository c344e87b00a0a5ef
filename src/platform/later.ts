/** Work that goes on after an answer was sent; the program waits for it when it ends. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from './log.ts';

/** `work` begins in the next turn, so that it does not hold up the answer; its failure is logged. What must not be lost has to be due in the database as well. */
export type Later = ((work: (signal: AbortSignal) => Promise<void>) => void) & {
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  /** Tells what is under way to stop, and waits for it. */
  stop(): Promise<void>;
};

export function createLater(log: Log): Later {
  const controller = new AbortController();
  const underWay = new Set<Promise<void>>();
  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  const later = (work: (signal: AbortSignal) => Promise<void>) => {
    const run = nextTurn()
      .then(async () => await work(controller.signal))
      .catch((error: unknown) => log.error({ err: error }, 'work after an answer failed'))
      .finally(() => underWay.delete(run));
    underWay.add(run);
  };
  const stop = async () => {
    controller.abort(new Error('the program ends'));
    await settled();
  };
  return Object.assign(later, { settled, stop });
}
