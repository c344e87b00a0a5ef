/** A thread that `rank-aside.ts` starts: ranks a part of all papers on connections of its own. */

import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '#platform/db/open.ts';
import type { Storage } from '#platform/db/open.ts';
import type { Schema } from '#schema.ts';
import { LARGE_STEPS } from './steps.ts';
import { rankRange } from './rank-all.ts';
import type { IdRange } from './rank-all.ts';

export interface ThreadData {
  storage: Storage;
  range: IdRange;
  /** Epoch ms. */
  now: number;
}

async function run({ storage, range, now }: ThreadData): Promise<void> {
  const controller = new AbortController();
  // Whatever it says: there is only one thing to be told.
  parentPort?.once('message', () => controller.abort());
  const db = await openDatabase<Schema>(storage);
  try {
    await rankRange({ db, now, signal: controller.signal }, range, LARGE_STEPS);
  } finally {
    await db.destroy();
    // Listening to it would keep the thread alive.
    parentPort?.close();
  }
}

await run(workerData as ThreadData);
