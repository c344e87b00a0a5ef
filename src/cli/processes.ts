/** Several processes that serve one port: searches are work for a processor, and one process uses only one. */

import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import type { Log } from '#platform/log.ts';
import type { Io } from './io.ts';

/** Whether this process is one of several, and not the first. */
export function isFurtherProcess(): boolean {
  return (cluster.worker?.id ?? 1) > 1;
}

/** Whether this process is the one that starts the others. */
export function startsProcesses(count: number): boolean {
  return count > 1 && cluster.isPrimary;
}

/** A process that is one of several ends only when it has left the others. */
export function leaveProcesses(): void {
  if (cluster.worker?.isConnected()) cluster.worker.disconnect();
}

/** A process that ends sooner than this would do so again and again. */
const LEAST_LIFE_MS = 10_000;

/**
 * Runs `count` processes of the same command until it is told to stop, and starts another where one ends. The first is
 * waited for, so that it alone makes the database. Returns the exit code.
 */
export async function keepProcesses(io: Io, count: number, log: Log): Promise<number> {
  const stop = io.signal();
  const alive = new Map<number, { worker: Worker; since: number }>();
  let ending: number | undefined;

  function fork(): Worker {
    const worker = cluster.fork();
    alive.set(worker.id, { worker, since: performance.now() });
    return worker;
  }

  /** Each is told once: a second signal would cut its readers off. */
  function end(code: number): void {
    if (ending !== undefined) return;
    ending = code;
    for (const { worker } of alive.values()) worker.process.kill('SIGTERM');
  }

  const ended = new Promise<number>((resolve) => {
    cluster.on('exit', ({ id }, code, signal) => {
      const since = alive.get(id)?.since ?? 0;
      alive.delete(id);
      const isHopeless = signal === null && performance.now() - since < LEAST_LIFE_MS;
      if (isHopeless) end(code);
      if (ending === undefined) {
        log.warn({ code, signal }, 'a serving process ended; another one takes its place');
        fork();
      } else if (alive.size === 0) resolve(ending);
    });
  });
  stop.addEventListener('abort', () => end(0));

  fork().once('listening', () => {
    for (let further = 1; further < count && ending === undefined; further++) fork();
  });
  return await ended;
}
