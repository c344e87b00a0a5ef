/** Imports the corpus with the real command into a fresh SQLite database, full-text index included. */

import { rm } from 'node:fs/promises';
import type { Bench } from './bench.ts';
import { runCommand } from './command.ts';
import { amount, atLeast, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET = { papersPerSecond: 4_000, megabytes: 250 };

export async function measure(bench: Bench): Promise<Figure[]> {
  const rates: number[] = [];
  const peaks: number[] = [];
  const perCpuSecond: number[] = [];
  let papers = 0;
  for (let time = 0; time < bench.times; time += 1) {
    const DATA_DIR = await bench.folder();
    const { output, seconds, cpuSeconds, peakMemory } = await runCommand(['import', bench.corpus.file], { DATA_DIR });
    papers = readCount(output);
    rates.push(papers / seconds);
    perCpuSecond.push(papers / cpuSeconds);
    peaks.push(peakMemory);
    if (time === 0) bench.keepDatabase(DATA_DIR);
    else await rm(DATA_DIR, { recursive: true, force: true });
  }
  return [
    atLeast(
      `import of ${amount(papers)} papers, from the start of the command to its end`,
      median(rates),
      TARGET.papersPerSecond,
      'papers/s',
    ),
    atMost('import, most resident memory', median(peaks), TARGET.megabytes, 'MB'),
    forComparison('import, papers per second of processor time', amount(median(perCpuSecond))),
    forComparison(
      'import, all runs',
      rates.map((rate, run) => `${amount(rate)}/s ${amount(peaks[run] ?? 0)} MB`).join(', '),
    ),
  ];
}

/** `file: 100,000 new in 22.0 s (4545 papers/s)` */
function readCount(output: string): number {
  const [, count = ''] = /: ([\d,]+) new/.exec(output) ?? [];
  if (count === '') throw new Error(`The import said something unexpected: ${output}`);
  return Number(count.replaceAll(',', ''));
}
