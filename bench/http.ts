/** The front page under load: how many readers a second, how long each waits, how old a page may be. */

import type { Bench } from './bench.ts';
import { fetchOnce, runScript, startServer } from './command.ts';
import type { Server } from './command.ts';
import { amount, atLeast, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';
import type { LoadReport } from './load.ts';
import { measureStaleness } from './staleness.ts';

const TARGET = { rate: 2_000, p99: 60, knownRate: 8_000, staleness: 1_000 };
const SECONDS = 5;
const WARM_UP_SECONDS = 2;

type Headers = Record<string, string>;
export interface Kind {
  name: string;
  headers: Headers;
  status: string;
}

export async function measure(bench: Bench): Promise<Figure[]> {
  const DATA_DIR = await bench.database();
  const server = await startServer({ DATA_DIR });
  try {
    const [compressed, plain, known] = await kinds(server);
    const figures = [
      ...(await compare(bench, server, compressed, TARGET.rate)),
      ...(await compare(bench, server, plain, TARGET.rate)),
      ...(await compare(bench, server, known, TARGET.knownRate)),
    ];
    const underLoad = runLoad(server.url, compressed.headers, SECONDS * bench.times);
    const staleness = await measureStaleness(DATA_DIR, server.url, SECONDS * bench.times);
    await underLoad;
    return [
      ...figures,
      atMost(
        `age of the oldest page received, under that load, ${staleness.writes} writes`,
        staleness.oldest,
        TARGET.staleness,
        'ms',
      ),
    ];
  } finally {
    await server.stop();
  }
}

async function kinds(server: Server): Promise<[Kind, Kind, Kind]> {
  const brotli = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
  const { headers } = await fetchOnce(server.url, brotli);
  return [
    { name: 'GET /, compressed (as browsers ask)', headers: brotli, status: '200' },
    { name: 'GET /, plain (as autocannon asks)', headers: {}, status: '200' },
    {
      name: 'GET / with If-None-Match',
      headers: { ...brotli, 'If-None-Match': String(headers['etag']) },
      status: '304',
    },
  ];
}

/** `server.url` is the page's. Ours and the bare server take turns, so that whatever else the machine does touches both. */
export async function compare(
  bench: Bench,
  server: Pick<Server, 'url'>,
  { name, headers, status }: Kind,
  target: number,
): Promise<Figure[]> {
  const bare = await startServer({}, [process.execPath, 'bench/bare-server.ts', server.url, JSON.stringify(headers)]);
  const ours: LoadReport[] = [];
  const theirs: LoadReport[] = [];
  try {
    for (const { url } of [server, bare]) await runLoad(url, headers, WARM_UP_SECONDS);
    for (let time = 0; time < bench.times; time += 1) {
      ours.push(expectOnly(status, await runLoad(server.url, headers, SECONDS)));
      theirs.push(expectOnly(status, await runLoad(bare.url, headers, SECONDS)));
    }
  } finally {
    await bare.stop();
  }
  const rate = middle(ours, 'rate');
  const bareRate = middle(theirs, 'rate');
  return [
    atLeast(name, rate, target, 'requests/s'),
    ...(status === '200'
      ? [atMost(`  p99 (p50 ${amount(middle(ours, 'p50'))} ms)`, middle(ours, 'p99'), TARGET.p99, 'ms')]
      : []),
    forComparison(
      '  bare node:http sending the same bytes',
      `${amount(bareRate)} requests/s, p99 ${amount(middle(theirs, 'p99'))} ms; ours is ${(rate / bareRate).toFixed(2)} of it`,
    ),
  ];
}

async function runLoad(url: string, headers: Headers, seconds: number): Promise<LoadReport> {
  const output = await runScript('bench/load.ts', [url, String(seconds), JSON.stringify(headers)]);
  return JSON.parse(output) as LoadReport;
}

function expectOnly(status: string, report: LoadReport): LoadReport {
  const others = Object.keys(report.statuses).filter((seen) => seen !== status);
  if (others.length > 0 || report.failures > 0)
    throw new Error(`Not every answer was ${status}: ${JSON.stringify(report)}`);
  return report;
}

function middle(reports: readonly LoadReport[], key: 'rate' | 'p50' | 'p99'): number {
  return median(reports.map((report) => report[key]));
}
