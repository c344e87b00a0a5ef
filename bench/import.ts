/** Imports a file of papers into a fresh SQLite database, full-text index included: papers per second and memory. */

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '#app.ts';
import { readConfig } from '#platform/config.ts';
import { countDue, indexDue } from '#search/index-due.ts';
import { importFile } from '#sources/import.ts';

const TARGET = { papersPerSecond: 4_000, megabytes: 250 };
const DEFAULT_FILE = '../shared/data/arxiv-cs-100k.jsonl.gz';

async function measure(file: string) {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-bench-'));
  try {
    await using app = await createApp(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }));
    const started = performance.now();
    const counts = await importFile(app, file, { afterBatch: async () => void (await indexDue(app.db)) });
    await indexDue(app.db);
    const seconds = (performance.now() - started) / 1000;
    if ((await countDue(app.db)) > 0) throw new Error('the index is not complete');
    return { counts, seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function row(what: string, measured: string, target: string, isMet: boolean): string {
  return `${what.padEnd(26)} ${measured.padStart(12)} ${target.padStart(14)}   ${isMet ? 'met' : 'MISSED'}`;
}

async function main(file: string): Promise<void> {
  if (!existsSync(file)) {
    process.stdout.write(`bench/import: there is no ${file}; name a file of papers (JSONL, .gz, .zst) as the argument.\n`);
    return;
  }
  const { counts, seconds } = await measure(file);
  const rate = Math.round(counts.lines / seconds);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const [cpu] = cpus();
  process.stdout.write(
    [
      `Import of ${counts.lines.toLocaleString('en-US')} papers from ${file} in ${seconds.toFixed(1)} s (${counts.skipped} skipped)`,
      `on ${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}, SQLite with full-text index`,
      row('papers/s', rate.toLocaleString('en-US'), `>= ${TARGET.papersPerSecond.toLocaleString('en-US')}`, rate >= TARGET.papersPerSecond),
      row('peak RSS', `${megabytes} MB`, `< ${TARGET.megabytes} MB`, megabytes < TARGET.megabytes),
      '',
    ].join('\n'),
  );
}

await main(process.argv[2] ?? DEFAULT_FILE);
