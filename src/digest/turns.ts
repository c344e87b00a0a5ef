/** One at a time, in the order of asking. */

export interface Turns {
  /** Resolves when it is the asker's turn, with what ends it. */
  take(): Promise<() => void>;
}

export function openTurns(): Turns {
  let last = Promise.resolve();
  return {
    async take() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
  };
}
