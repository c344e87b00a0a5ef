/** Ranks all papers, half of them beside the other half, so that whoever reads meanwhile waits for none of it. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { listCuts } from '#papers/appearances.ts';
import type { Storage } from '#platform/db/open.ts';
import { rankAllBy, rankRange } from './rank-all.ts';
import type { IdRange, RankDue } from './rank-all.ts';
import type { ThreadData } from './rank-thread.ts';
import { SMALL_STEPS } from './steps.ts';

/** A third one would wait for the others to write, on SQLite, and take the processors from readers. */
const AT_ONCE = Math.min(2, availableParallelism());

/**
 * As `rankAll`, half of the papers beside the other half. SQLite works in the thread that asks it, so there each half has a
 * thread and connections of its own; to begin takes such a thread some 0.4 s of processor time. PostgreSQL works in processes
 * of its own anyway: what is left to do here is little. Rejects if ranking fails; told to stop, it ends after the step
 * that it is at.
 */
export async function rankAllAside(storage: Storage, due: RankDue): Promise<void> {
  if (due.signal?.aborted) return;
  const rank =
    storage.databaseUrl === ''
      ? async (range: IdRange) => await rankInThread({ storage, range, now: due.now }, due.signal)
      : async (range: IdRange) => await rankRange(due, range, SMALL_STEPS);
  await rankAllBy(due, async () => {
    const cuts = await listCuts(due.db, AT_ONCE);
    const ranges = ['', ...cuts].map((after, part): IdRange => ({ after, upTo: cuts[part] }));
    // The others go on where one fails; what they rank is right, and nobody waits for them unheard.
    const failed = (await Promise.allSettled(ranges.map(rank))).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  });
}

async function rankInThread(workerData: ThreadData, signal: AbortSignal | undefined): Promise<void> {
  const thread = new Worker(new URL('rank-thread.ts', import.meta.url), { workerData });
  const stop = () => thread.postMessage('stop');
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('error', reject);
      thread.on('exit', () => resolve());
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
