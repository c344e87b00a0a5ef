/**
 * Processes that run test files one after the other: what files share is loaded once, not three hundred times. A crash,
 * a hang or a leak is a failure of the file in which it happens and ends that process; the files after it get another.
 */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onEachLine } from './lines.ts';
import { ITSELF } from './reporter.ts';
import type { Line, TestResult } from './reporter.ts';

export interface FileOutcome {
  file: string;
  results: TestResult[];
  /** What the process printed meanwhile; worth reading only when something failed. */
  output: string;
  milliseconds: number;
}

export interface TestProcess {
  /** One file at a time. Never rejects: whatever goes wrong is a failed result of this file. */
  run(file: string): Promise<FileOutcome>;
  /** Whether it can take another file. */
  isOpen(): boolean;
  /** Lets it end. Resolves with what went wrong after its last file: nothing, as a rule. */
  close(): Promise<TestResult[]>;
}

export interface ProcessOptions {
  /** Files are relative to it. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Ends the process, and what it started, early. */
  signal: AbortSignal;
  quietMs?: number;
}

/** One test may take this long: a busy machine needs five times as long as a quiet one, on which none takes half a minute. */
const TEST_TIMEOUT_MS = 180_000;
/** A process that reports nothing for longer than one test may take hangs. */
const QUIET_MS = TEST_TIMEOUT_MS + 15_000;
/** What is told to close does so within a second, on a quiet machine. */
const CLOSING_MS = 20_000;
/** Between asking a process to end and ending it: time for a browser to close. */
const GRACE_MS = 3_000;
/** What was printed goes another way than what is reported, and may come later. */
const PRINTED_MS = 50;

const reporter = import.meta.resolve('./reporter.ts');
const runHere = fileURLToPath(import.meta.resolve('./run-here.ts'));

/** In a process of its own. */
export async function runTestFile(file: string, options: ProcessOptions): Promise<FileOutcome> {
  const own = openTestProcess(options);
  const outcome = await own.run(file);
  outcome.results.push(...(await own.close()));
  return outcome;
}

export function openTestProcess({ cwd, env, signal, quietMs = QUIET_MS }: ProcessOptions): TestProcess {
  const child = spawn(
    process.execPath,
    ['--import', './bin/typescript.js', `--test-timeout=${TEST_TIMEOUT_MS}`, `--test-reporter=${reporter}`, runHere],
    // A group of its own, so that what a test leaves running can be ended with it.
    { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'ipc'] },
  );
  const guard = guardOf(child, signal);
  const takeOutput = collect(child);
  let results: TestResult[] = [];
  let failures = 0;
  let cameToAnEnd = false;
  let finish: (problem: string | undefined) => void = () => undefined;
  const expectNews = () => guard.allow(quietMs, `reported nothing for ${quietMs / 1000} s: it hangs`);
  onEachLine(child.stdio[3] as Readable, (text) => {
    const line = JSON.parse(text) as Line;
    expectNews();
    if (line.outcome === 'end') cameToAnEnd = true;
    else if (line.outcome === 'end of file') finish(line.problem);
    else if (line.outcome === 'open') guard.allow(Math.min(quietMs, CLOSING_MS), `left something open: ${line.what}`);
    else results.push(line);
  });
  void guard.ended.then((status) =>
    finish(guard.reason() ?? `ended before its tests did (${status ?? 'exit code 0'})`),
  );
  return {
    isOpen: () => guard.isAlive() && child.connected,
    async run(file) {
      const started = performance.now();
      results = [];
      takeOutput();
      expectNews();
      const problem = await new Promise<string | undefined>((done) => {
        finish = done;
        child.send(resolve(cwd, file), () => undefined); // where it is gone, its exit says so
      });
      guard.rest();
      if (problem !== undefined) results.push(ofWhole(problem));
      else if (results.length === 0) results.push(ofWhole('holds no test'));
      const failed = results.filter(({ outcome }) => outcome === 'failed').length;
      if (failed > 0) await pause(PRINTED_MS);
      failures += failed;
      return { file, results, output: takeOutput(), milliseconds: performance.now() - started };
    },
    async close() {
      if (!this.isOpen()) return [];
      guard.allow(quietMs, `did not end in ${quietMs / 1000} s`);
      child.disconnect();
      const status = await guard.ended;
      const problem = guard.reason() ?? status ?? (cameToAnEnd ? undefined : 'exit code 0, but too early');
      return problem === undefined || failures > 0 || signal.aborted ? [] : [ofWhole(`ended with ${problem}`)];
    },
  };
}

function ofWhole(problem: string): TestResult {
  return { outcome: 'failed', name: ITSELF, detail: `This file ${problem}.` };
}

interface Guard {
  /** Ends the process if nothing else is said within this time. */
  allow(milliseconds: number, otherwise: string): void;
  /** Nothing is expected of it. */
  rest(): void;
  /** Why it was ended. */
  reason(): string | undefined;
  isAlive(): boolean;
  /** With what it ended; undefined for a clean end. */
  ended: Promise<string | undefined>;
}

function guardOf(child: ChildProcess, signal: AbortSignal): Guard {
  let reason: string | undefined;
  let isAlive = true;
  let waiting: NodeJS.Timeout | undefined;
  let stopping: NodeJS.Timeout | undefined;
  const stop = () => {
    isAlive = false;
    killGroup(child, 'SIGTERM');
    stopping ??= setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', stop);
  return {
    allow(milliseconds, otherwise) {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        reason = otherwise;
        stop();
      }, milliseconds);
    },
    rest: () => clearTimeout(waiting),
    reason: () => reason,
    isAlive: () => isAlive,
    ended: exitOf(child).then((status) => {
      isAlive = false;
      signal.removeEventListener('abort', stop);
      for (const timer of [waiting, stopping]) clearTimeout(timer);
      killGroup(child, 'SIGKILL');
      return status;
    }),
  };
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

/** Returns what was printed since the last call, whole up to a size that nobody reads beyond. */
function collect(child: ChildProcess): () => string {
  const MOST = 200_000;
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < MOST) text += chunk;
    });
  }
  return () => {
    const taken = text;
    text = '';
    return taken;
  };
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
