/** What the two indexes take of memory: processes that search by words alone, and by words and meaning. */

import { runScript } from '../command.ts';
import { amount, atMost, forComparison, median } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { Method } from './library.ts';
import type { Held } from './process-memory.ts';
import type { SearchBench } from './search-bench.ts';
import type { MemoryReport } from './weigh.ts';

const TARGET = 60;

export async function measure({ bench, corpus }: SearchBench): Promise<Figure[]> {
  const DATA_DIR = await bench.database();
  const weigh = async (method: Method) =>
    JSON.parse(await runScript('bench/search/weigh.ts', [DATA_DIR, method])) as MemoryReport;
  const words: MemoryReport[] = [];
  const both: MemoryReport[] = [];
  for (let time = 0; time < bench.times; time += 1) {
    words.push(await weigh('words'));
    both.push(await weigh('both'));
  }
  const middle = (reports: readonly MemoryReport[], of: (report: MemoryReport) => number) => median(reports.map(of));
  const after = (reports: readonly MemoryReport[], key: keyof Held) => middle(reports, (report) => report.after[key]);
  const added = (key: keyof Held) => middle(words, (report) => report.after[key] - report.before[key]);
  return [
    atMost(
      `memory added by vectors and their model, ${amount(corpus.size)} papers (held by the program)`,
      after(both, 'held') - after(words, 'held'),
      TARGET,
      'MB',
      // What loading the words has left behind is used again, so this may be next to nothing.
      `; resident: ${amount(after(both, 'resident') - after(words, 'resident'))} MB`,
    ),
    forComparison(
      'memory added by the index of words (resident; held by the program)',
      `${amount(added('resident'))}; ${amount(added('held'))} MB`,
    ),
    forComparison(
      'process with the database open; that searches by words; by words and meaning (resident)',
      `${amount(middle(words, (report) => report.before.resident))}; ${amount(after(words, 'resident'))}; ${amount(after(both, 'resident'))} MB`,
    ),
  ];
}
