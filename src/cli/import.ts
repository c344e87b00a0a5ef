/** `broadsheet import`: papers from files. */

import { availableParallelism } from 'node:os';
import { createApp } from '../app.ts';
import { readConfig } from '#platform/config.ts';
import { startIndexingPapers } from '#search/index-papers.ts';
import { openShippedAside } from '#search/vectors/shipped-aside.ts';
import type { ShippedAside } from '#search/vectors/shipped-aside.ts';
import { openShipped } from '#search/vectors/shipped.ts';
import { openInput } from '#sources/files/open.ts';
import { importFile } from '#sources/import.ts';
import type { ImportProgress } from '#sources/import.ts';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

/** Broken lines are named one by one up to here, so that a file of garbage does not scroll the reason away. */
const PROBLEM_LIMIT = 20;
/** Bytes of files below which a thread takes longer to begin than it would save. */
const SMALL = 1_000_000;

export async function importCommand(io: Io, files: readonly string[], options: { strict?: boolean }): Promise<number> {
  const signal = io.signal();
  const own = openShipped();
  let aside: ShippedAside | undefined;
  await using app = await createApp(readConfig(), { shipped: () => aside?.shipped ?? own() });
  // A wrong name is said before the first file is imported, not after it.
  let bytes = 0;
  for (const file of files) bytes += file === '-' ? Infinity : await sizeOf(file);
  await using thread = bytes > SMALL && availableParallelism() > 1 ? await openShippedAside() : undefined;
  aside = thread;
  for (const file of files) await importOne(io, app, file, options.strict === true, signal);
  return 0;
}

async function sizeOf(file: string): Promise<number> {
  const { totalBytes, close } = await openInput(file);
  close();
  return totalBytes ?? Infinity;
}

async function importOne(
  io: Io,
  app: Awaited<ReturnType<typeof createApp>>,
  file: string,
  strict: boolean,
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(io);
  const started = app.clock.now();
  let problems = 0;
  let saved = 0;
  const indexing = await startIndexingPapers(app);
  try {
    const counts = await importFile(app, file, {
      strict,
      signal,
      onProgress: (at) => {
        saved = at.added + at.changed;
        progress.update(at.totalBytes ? at.bytesRead / at.totalBytes : undefined, describe(at));
      },
      onProblem: ({ line, message }) => {
        problems += 1;
        if (problems <= PROBLEM_LIMIT) progress.note(`${file}:${line}: ${message}`);
      },
      // On the way, so that papers can be searched as they come and the index never lags far behind.
      afterBatch: async () => void (await indexing.goOn()),
    });
    await indexing.finish(signal); // after a failure the next command or the server does it
    progress.end();
    if (problems > PROBLEM_LIMIT) io.err(`… and ${problems - PROBLEM_LIMIT} more lines\n`);
    const seconds = Math.max(0.001, (app.clock.now() - started) / 1000);
    io.out(
      `${file}: ${describe(counts)} in ${seconds.toFixed(1)} s (${Math.round(counts.lines / seconds)} papers/s)\n`,
    );
  } catch (error) {
    if (signal.aborted) {
      progress.note(
        `Interrupted: ${saved.toLocaleString('en-US')} papers of ${file} are saved. Repeat the command to go on.`,
      );
    }
    throw error;
  } finally {
    progress.end();
  }
}

function describe({
  added,
  changed,
  unchanged,
  skipped,
}: Pick<ImportProgress, 'added' | 'changed' | 'unchanged' | 'skipped'>): string {
  const count = (value: number, word: string) => (value > 0 ? [`${value.toLocaleString('en-US')} ${word}`] : []);
  const parts = [
    ...count(added, 'new'),
    ...count(changed, 'changed'),
    ...count(unchanged, 'unchanged'),
    ...count(skipped, 'skipped'),
  ];
  return parts.join(', ') || 'no papers';
}
