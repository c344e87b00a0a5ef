/** `crowd.ts URL FILE CONNECTIONS SECONDS ENCODING` asks the paths of FILE in turn and prints what it saw as JSON. */

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './asking.ts';
import { openQuickClient } from './quick-client.ts';
import type { QuickClient } from './quick-client.ts';

export interface CrowdReport {
  /** Searches a second. */
  rate: number;
  searches: { p50: number; p99: number };
  frontPage: { p50: number; p99: number };
  /** Processor time that this program took itself, in ms for each search. */
  asking: number;
}

/** Between two looks at the front page: often enough for a p99, too seldom to be a load of its own. */
const LOOK_MS = 15;

const [url = '', file = '', connections = '1', seconds = '1', encoding = ''] = process.argv.slice(2);
const paths = JSON.parse(readFileSync(file, 'utf8')) as string[];
const headers = { 'Accept-Encoding': encoding };
const before = process.cpuUsage();
const searches: number[] = [];
const looks: number[] = [];
let next = 0;
const started = performance.now();
const end = started + Number(seconds) * 1000;

await Promise.all([look(), ...Array.from({ length: Number(connections) }, searching)]);
const took = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const report: CrowdReport = {
  rate: searches.length / took,
  searches: waits(searches),
  frontPage: waits(looks),
  asking: (user + system) / 1000 / searches.length,
};
process.stdout.write(JSON.stringify(report));

async function searching(): Promise<void> {
  using client = openQuickClient(url, headers);
  while (performance.now() < end) {
    const path = paths[next++ % paths.length] ?? '/';
    searches.push(await timeOf(client.ask(path), path));
  }
}

async function look(): Promise<void> {
  using client = openQuickClient(url, headers);
  while (performance.now() < end) {
    looks.push(await timeOf(client.ask('/'), '/'));
    await sleep(LOOK_MS);
  }
}

async function timeOf(asking: ReturnType<QuickClient['ask']>, path: string): Promise<number> {
  const { status, ms } = await asking;
  if (status !== 200 && status !== 302) throw new Error(`${path} answered ${status}`);
  return ms;
}

function waits(times: readonly number[]) {
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
