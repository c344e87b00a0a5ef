/** Turns, so that whoever asks for something shorter need not wait for all the long ones that came before. */

import { setImmediate } from 'node:timers/promises';

/**
 * What is returned resolves for one caller after another, and the event loop looks round in between: sixteen searches
 * that arrive together would otherwise be answered before a front page that arrives with them. A caller that waits for
 * something outside holds nobody up.
 */
export function takeTurns(): () => Promise<void> {
  let next = Promise.resolve();
  return async () => {
    const mine = next;
    next = mine.then(async () => await setImmediate());
    await mine;
  };
}
