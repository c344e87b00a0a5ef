/**
 * `npm test [-- file or folder …]`: readies a browser and a PostgreSQL cluster, runs the test files, cleans up.
 * The last line is `N passed, N failed[, N skipped]`; the exit code is 0 only if something ran and nothing failed.
 */

import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { settings } from '#platform/settings.ts';
import { quickFolder } from './quick-folder.ts';
import { requireChromium } from './chromium.ts';
import { mayInstall } from './packages.ts';
import { findPostgres, installPostgres, startPostgres } from './postgres.ts';
import type { Cluster } from './postgres.ts';
import { printFile, printReport } from './report.ts';
import { dropTemplates } from './templates.ts';
import { openTestProcess } from './test-process.ts';
import type { FileOutcome, TestProcess } from './test-process.ts';

/** What takes longest comes first, so that nothing long is left for the end, when one processor would have nothing to do. */
const PATTERNS = [
  'test/fuzz/**/*.test.{ts,tsx}',
  'test/browser/**/*.test.{ts,tsx}',
  'test/{digest,hooks}/**/*.test.{ts,tsx}',
  'test/cli/**/*.test.{ts,tsx}',
  'test/**/*.test.{ts,tsx}',
  'src/**/*.test.{ts,tsx}',
  'bench/**/*.test.{ts,tsx}',
];

/** One more at once than there are processors: some wait, for a process that is killed or a mail server that says nothing. */
const AT_ONCE = availableParallelism() + 1;

const root = resolve(import.meta.dirname, '..');

process.exitCode = await main(process.argv.slice(2));

async function main(filters: string[]): Promise<number> {
  const files = findTestFiles(filters);
  if (files.length === 0) {
    console.error(
      `No test file in ${filters.join(', ') || root}. Name a file or a folder, for instance: npm test -- src/papers`,
    );
    return 1;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort(signal));
  // Everything that tests leave in the temporary folder goes away with it.
  const scratch = mkdtempSync(join(quickFolder(), 'broadsheet-run-'));
  process.env['TEST_TEMPLATES'] ??= mkdtempSync(join(scratch, 'templates-'));
  try {
    const env = { ...testEnvironment(scratch), ...browserSetting(files) };
    await using cluster = await openCluster();
    const outcomes = await runAll(files, { ...env, TEST_DATABASE_URL: cluster?.url ?? '' }, stop.signal);
    if (stop.signal.aborted) console.error(`Stopped by ${String(stop.signal.reason)}.`);
    return printReport(outcomes) && !stop.signal.aborted ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A filter is a file, which need not be named like a test, or a folder, relative to where npm was called. */
function findTestFiles(filters: string[]): string[] {
  const all = [...new Set(PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted()))];
  if (filters.length === 0) return all;
  return filters.flatMap((filter) => {
    const path = resolve(process.env['INIT_CWD'] ?? '.', filter);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return [relative(root, path)];
    return all.filter((file) => resolve(root, file).startsWith(path + sep));
  });
}

/** Nothing that an operator has set may lead a test to a real database or mailbox. */
function testEnvironment(scratch: string): NodeJS.ProcessEnv {
  const ours = new Set(Object.keys(settings).flatMap((name) => [name, `${name}_FILE`]));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.has(name)));
  // NODE_TEST_CONTEXT would make a nested run report to the outer one; caches make the hundredth start cheap.
  delete env['NODE_TEST_CONTEXT'];
  return {
    ...env,
    TMPDIR: scratch,
    NODE_COMPILE_CACHE: join(scratch, 'compile-cache'),
    TEST_SCREENSHOTS: process.env['TEST_SCREENSHOTS'] ?? join(tmpdir(), 'broadsheet-screenshots'),
  };
}

function browserSetting(files: string[]): { CHROMIUM_PATH?: string } {
  const folders = ['browser', 'fuzz'].map((folder) => join('test', folder));
  const isNeeded = files.some((file) => folders.some((folder) => file.startsWith(folder)));
  return isNeeded ? { CHROMIUM_PATH: requireChromium() } : {};
}

/** TEST_DATABASE_URL names a cluster to use instead; set but empty, it means SQLite only. */
async function openCluster(): Promise<Cluster | undefined> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given === '') console.log('TEST_DATABASE_URL is empty: testing on SQLite only.');
  if (given === '') return undefined;
  if (given !== undefined) return { url: given, [Symbol.asyncDispose]: async () => await dropTemplates(given) };
  if (findPostgres() === undefined && mayInstall()) installPostgres();
  const programs = findPostgres();
  if (programs !== undefined) return await startPostgres(programs, { within: quickFolder() });
  if (process.env['CI']) throw new Error('CI needs PostgreSQL: install the package postgresql.');
  console.log('PostgreSQL is not installed: testing on SQLite only. (sudo apt-get install postgresql tests both.)');
  return undefined;
}

async function runAll(files: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<FileOutcome[]> {
  const waiting = files.values();
  const outcomes: FileOutcome[] = [];
  const worker = async () => {
    let runner: TestProcess | undefined;
    let last: FileOutcome | undefined;
    for (const file of waiting) {
      if (signal.aborted) return;
      if (!runner?.isOpen()) runner = openTestProcess({ cwd: root, env, signal });
      last = await runner.run(file);
      outcomes.push(last);
      printFile(last);
    }
    last?.results.push(...((await runner?.close()) ?? []));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}
