/** Sixteen readers who search without a pause, and what one who opens the front page meanwhile feels of it. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript } from '../command.ts';
import { amount, atLeast, atMost, forComparison, median } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { CrowdReport } from './crowd.ts';
import { searchPath, serve } from './asking.ts';
import { processorTime } from './processor-time.ts';
import { shuffled } from './questions.ts';
import type { SearchBench } from './search-bench.ts';
import { seeded } from '../synthetic.ts';

const TARGET = { rate: 300, frontPage: 50 };
const CONNECTIONS = 16;
/** The two cores of the figure; the program that asks runs on them too. */
const PROCESSES = 2;
const SECONDS = 10;
/** V8 compiles what is asked often for that long; a server that has just begun to be asked answers half as many. */
const WARM_UP_SECONDS = 20;
const SEED = 16;

interface Seen extends CrowdReport {
  /** Processor time of the server, in ms for each search; NaN where that cannot be told. */
  answering: number;
}

export async function measure({ bench, questions }: SearchBench): Promise<Figure[]> {
  const paths = shuffled(Object.values(questions).flat().map(searchPath), seeded(SEED));
  const file = join(await bench.folder(), 'paths.json');
  await writeFile(file, JSON.stringify(paths));
  const server = await serve(await bench.database(), PROCESSES);
  const crowd = async (seconds: number, encoding: string): Promise<Seen> => {
    const before = processorTime(server.pid) ?? Number.NaN;
    const report = JSON.parse(
      await runScript('bench/search/crowd.ts', [server.url, file, String(CONNECTIONS), String(seconds), encoding]),
    ) as CrowdReport;
    const used = (processorTime(server.pid) ?? Number.NaN) - before;
    return { ...report, answering: used / (report.rate * seconds) };
  };
  try {
    await crowd(WARM_UP_SECONDS, 'br');
    const compressed: Seen[] = [];
    const plain: Seen[] = [];
    for (let time = 0; time < bench.times; time += 1) {
      compressed.push(await crowd(SECONDS, 'gzip, deflate, br, zstd'));
      plain.push(await crowd(SECONDS, 'identity'));
    }
    return [
      ...figuresOf(
        `${CONNECTIONS} connections, PROCESSES=${PROCESSES}, all kinds mixed, compressed (as browsers ask)`,
        compressed,
      ),
      ...figuresOf('the same without compression (as load generators ask)', plain),
    ];
  } finally {
    await server.stop();
  }
}

function figuresOf(what: string, reports: readonly Seen[]): Figure[] {
  const middle = (of: (report: Seen) => number) => median(reports.map(of));
  return [
    atLeast(
      what,
      middle(({ rate }) => rate),
      TARGET.rate,
      'searches/s',
    ),
    atMost(
      '  front page meanwhile, p99',
      middle(({ frontPage }) => frontPage.p99),
      TARGET.frontPage,
      'ms',
      `; p50 ${amount(middle(({ frontPage }) => frontPage.p50))}`,
    ),
    forComparison(
      '  the searches',
      `p50 ${amount(middle(({ searches }) => searches.p50))}, p99 ${amount(middle(({ searches }) => searches.p99))} ms`,
    ),
    forComparison(
      '  processor time of a search',
      `${amount(middle(({ answering }) => answering))} ms of the server, ${middle(({ asking }) => asking).toFixed(2)} ms of the program that asks`,
    ),
  ];
}
