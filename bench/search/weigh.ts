/** `weigh.ts DATA_DIR METHOD` prints what this process holds before its first searches and after them. */

import { setTimeout as sleep } from 'node:timers/promises';
import { openLibrary } from './library.ts';
import type { Method } from './library.ts';
import { collectGarbage, held } from './process-memory.ts';
import type { Held } from './process-memory.ts';

export interface MemoryReport {
  before: Held;
  after: Held;
}

/** An index may be loaded in the background after the search that asked for it. */
const SETTLE_MS = 1_500;

const [folder = '', method = ''] = process.argv.slice(2);
await using library = await openLibrary(folder, method as Method);
const before = await settled();
for (const text of ['generalization of behavior', 'graph neural networks']) {
  await library.find(text, 10);
  await sleep(SETTLE_MS);
}
const report: MemoryReport = { before, after: await settled() };
process.stdout.write(JSON.stringify(report));

async function settled(): Promise<Held> {
  await collectGarbage();
  return held();
}
