/** Runs one test file in a process of its own, so that a crash, a hang or a leak there is a failure and nothing more. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { EndOfFile, TestResult } from './reporter.ts';

export interface FileOutcome {
  file: string;
  results: TestResult[];
  /** What the file printed; worth reading only when something failed. */
  output: string;
  milliseconds: number;
}

interface RunOptions {
  /** The file is relative to it. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Ends the process, and what it started, early. */
  signal: AbortSignal;
  quietMs?: number;
}

/** One test may take this long: a busy machine needs five times as long as a quiet one, on which none takes half a minute. */
const TEST_TIMEOUT_MS = 180_000;
/** A process that reports nothing for longer than one test may take hangs, or was left open by its tests. */
const QUIET_MS = TEST_TIMEOUT_MS + 15_000;
/** On a quiet machine the whole suite takes less; a file that takes longer has test after test hang. */
const FILE_TIMEOUT_MS = 900_000;
/** Between asking a process to end and ending it: time for a browser to close. */
const GRACE_MS = 3_000;

const reporter = import.meta.resolve('./reporter.ts');

/** Never rejects: whatever goes wrong is a failed result of this file. */
export async function runTestFile(file: string, options: RunOptions): Promise<FileOutcome> {
  const { cwd, env, signal, quietMs = QUIET_MS } = options;
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', './bin/typescript.js', `--test-timeout=${TEST_TIMEOUT_MS}`, `--test-reporter=${reporter}`, file],
    // A group of its own, so that what a test leaves running can be ended with it.
    { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const results: TestResult[] = [];
  let ended = false;
  let hung: string | undefined;
  let stopping: NodeJS.Timeout | undefined;
  const stop = () => {
    killGroup(child, 'SIGTERM');
    stopping ??= setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS);
  };
  const giveUp = (why: string) => {
    hung = why;
    stop();
  };
  const quiet = setTimeout(
    giveUp,
    quietMs,
    `reported nothing for ${quietMs / 1000} s: it hangs, or something was left open`,
  );
  const limit = setTimeout(giveUp, FILE_TIMEOUT_MS, `took longer than ${FILE_TIMEOUT_MS / 1000} s`);
  createInterface({ input: child.stdio[3] as Readable }).on('line', (text) => {
    quiet.refresh();
    const line = JSON.parse(text) as TestResult | EndOfFile;
    if (line.outcome === 'end') ended = true;
    else results.push(line);
  });
  const output = collect(child);
  signal.addEventListener('abort', stop);
  const status = await exitOf(child);
  signal.removeEventListener('abort', stop);
  for (const timer of [quiet, limit, stopping]) clearTimeout(timer);
  killGroup(child, 'SIGKILL');
  const problem = hung ?? trouble(status, ended, results);
  if (problem !== undefined)
    results.push({ outcome: 'failed', name: '(the file itself)', detail: `This file ${problem}.` });
  return { file, results, output: output(), milliseconds: performance.now() - started };
}

function trouble(status: string | undefined, ended: boolean, results: TestResult[]): string | undefined {
  if (results.length === 0 && status === undefined) return 'holds no test, or left before one was done';
  if (!ended) return `ended before its tests did (${status ?? 'exit code 0'})`;
  if (status !== undefined && !results.some((result) => result.outcome === 'failed')) return `ended with ${status}`;
  return undefined;
}

/** Undefined for a clean end. */
async function exitOf(child: ChildProcess): Promise<string | undefined> {
  return await new Promise((resolve) => {
    let status: string | undefined;
    let late: NodeJS.Timeout | undefined;
    const done = () => {
      clearTimeout(late);
      resolve(status);
    };
    child.on('error', (error) => {
      status = error.message;
      done();
    });
    child.on('exit', (code, signal) => {
      if (code !== 0) status = signal === null ? `exit code ${code}` : signal;
      // A grandchild that keeps the pipes open must not keep us waiting for their end.
      late = setTimeout(done, GRACE_MS);
    });
    child.on('close', done);
  });
}

/** Output is kept whole up to a size that nobody reads beyond. */
function collect(child: ChildProcess): () => string {
  const MOST = 200_000;
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < MOST) text += chunk;
    });
  }
  return () => text;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
