/** Several pieces of work at a time, never too many. */

/**
 * Takes the pieces in order, `lanes` at a time. The first failure stops the others through their signal and is thrown
 * when all have ended.
 */
export async function workInLanes<T>(
  pieces: readonly T[],
  { lanes, signal }: { lanes: number; signal: AbortSignal | undefined },
  work: (piece: T, place: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const either = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const queue = pieces.entries();
  const running = Array.from({ length: Math.min(lanes, pieces.length) }, async () => {
    for (const [place, piece] of queue) {
      either.throwIfAborted();
      await work(piece, place, either);
    }
  });
  try {
    await Promise.all(running);
  } catch (error) {
    failure.abort(error);
    await Promise.allSettled(running);
    throw error;
  }
}
