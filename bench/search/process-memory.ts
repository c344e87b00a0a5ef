/** The memory of this process in MB (10^6 bytes), without what a collection of garbage would free. */

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Held {
  /** Of the machine's memory. */
  resident: number;
  /** By objects and buffers of the program. */
  held: number;
}

export function held(): Held {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / 1e6, held: (heapUsed + external) / 1e6 };
}

/** Twice, because what the first round finalises is freed by the second. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 2; round += 1) {
    collect();
    await sleep(50);
  }
}

/** Of another process, in MB; undefined where there is no /proc. */
export function residentOf(pid: number): number | undefined {
  try {
    const [, kilobytes = ''] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
