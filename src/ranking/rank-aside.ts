/** Ranks all papers in threads of their own, so that whoever reads meanwhile waits for none of it. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { listCuts } from '#papers/appearances.ts';
import type { Storage } from '#platform/db/open.ts';
import { rankAllBy } from './rank-all.ts';
import type { IdRange, RankDue } from './rank-all.ts';
import type { ThreadData } from './rank-thread.ts';

/** A third one would wait for the others to write, on SQLite, and take the processors from readers. */
const THREADS = Math.min(2, availableParallelism());

/**
 * As `rankAll`, on connections of its own. To begin takes a thread some 0.3 s: it is for what happens once a day. Rejects
 * if ranking fails; told to stop, it ends after the step that it is at.
 */
export async function rankAllAside(storage: Storage, due: RankDue): Promise<void> {
  if (due.signal?.aborted) return;
  await rankAllBy(due, async () => {
    const cuts = await listCuts(due.db, THREADS);
    const ranges = ['', ...cuts].map((after, part): IdRange => ({ after, upTo: cuts[part] }));
    const threads = ranges.map(async (range) => await rankInThread({ storage, range, now: due.now }, due.signal));
    // The others go on where one fails; what they rank is right, and nobody waits for them unheard.
    const failed = (await Promise.allSettled(threads)).find(({ status }) => status === 'rejected');
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
