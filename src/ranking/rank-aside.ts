/** Ranks all papers in a thread of its own, so that whoever reads meanwhile waits for none of it. */

import { Worker } from 'node:worker_threads';
import type { Storage } from '#platform/db/open.ts';
import type { RankDue } from './rank-due.ts';
import type { ThreadData } from './rank-thread.ts';

/**
 * As `rankAll`, on connections of its own. To begin takes a thread some 0.3 s: it is for what happens once a day. Rejects
 * if ranking fails; told to stop, it ends after the step that it is at.
 */
export async function rankAllAside(storage: Storage, { now, signal }: Omit<RankDue, 'db'>): Promise<void> {
  if (signal?.aborted) return;
  const thread = new Worker(new URL('rank-thread.ts', import.meta.url), {
    workerData: { storage, now } satisfies ThreadData,
  });
  const stop = () => thread.postMessage('stop');
  signal?.addEventListener('abort', stop);
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('error', reject);
      thread.on('exit', () => resolve());
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
