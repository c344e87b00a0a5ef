/** Time for what is under way when the program is told to stop. */

export interface Patience extends Disposable {
  /** Aborts so long after the other signal. */
  signal: AbortSignal;
}

export function openPatience(told: AbortSignal | undefined, milliseconds: number): Patience {
  const stop = new AbortController();
  const begin = () => void setTimeout(() => stop.abort(told?.reason), milliseconds).unref();
  if (told?.aborted === true) begin();
  else told?.addEventListener('abort', begin);
  return { signal: stop.signal, [Symbol.dispose]: () => told?.removeEventListener('abort', begin) };
}
