/** Runs inside each test process: writes JSON lines about tests and files to file descriptor 3, for test/test-process.ts. */

import { writeSync } from 'node:fs';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import { untilClosed } from './left-open.ts';

export interface TestResult {
  outcome: 'passed' | 'failed' | 'skipped';
  /** Suites and test, joined by ` > `. */
  name: string;
  /** Why it was skipped, or the error with its stack. */
  detail: string;
}

/** The tests of a file are done, but what they opened keeps the process awake: names of resources, as Node gives them. */
export interface LeftOpen {
  outcome: 'open';
  what: string;
}

export interface EndOfFile {
  outcome: 'end of file';
  /** What is wrong though each test may have passed. */
  problem?: string;
}

/** The last line of a process that comes to a proper end. */
export interface End {
  outcome: 'end';
}

export type Line = TestResult | LeftOpen | EndOfFile | End;

/** Stands for the name where a file fails as a whole. */
export const ITSELF = '(the file itself)';

/**
 * A file is a suite, and the outermost. A test holds no result of its own if it merely contains tests; those are
 * reported right before it, deeper.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = [];
  let depthBefore = 0;
  for await (const event of events) {
    if (event.type === 'test:start') path.splice(event.data.nesting, Infinity, event.data.name);
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { nesting, name } = event.data;
      const hadInside = depthBefore > nesting;
      const contains = hadInside || event.data.details.type === 'suite';
      depthBefore = nesting;
      const result = resultOf(event, nesting === 0 ? ITSELF : [...path.slice(1, nesting), name].join(' > '));
      // A suite that is skipped as a whole never says how many tests it holds: it counts as one.
      const skippedWhole = result.outcome === 'skipped' && !hadInside;
      const failedItself = result.outcome === 'failed' && !failedInside(event.data);
      if (!contains || skippedWhole || failedItself) send(result);
      if (nesting === 0) {
        await untilClosed((what) => send({ outcome: 'open', what }));
        send({ outcome: 'end of file', ...troubleAfterwards() });
      }
    }
    if (event.type === 'test:summary') send({ outcome: 'end' });
  }
  yield '';
}

/** Node says by the exit code that something failed after the test that had begun it. */
function troubleAfterwards(): { problem?: string } {
  const code = process.exitCode;
  process.exitCode = undefined;
  return code ? { problem: `ended with exit code ${code}` } : {};
}

type Finished = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>;

function resultOf({ type, data }: Finished, name: string): TestResult {
  const reason = data.skip ?? data.todo;
  if (reason !== undefined && reason !== false) {
    return { outcome: 'skipped', name, detail: typeof reason === 'string' ? reason : 'no reason given' };
  }
  if (type === 'test:pass') return { outcome: 'passed', name, detail: '' };
  return { outcome: 'failed', name, detail: explain(errorOf(data)) };
}

function errorOf(data: Finished['data']): unknown {
  const error = 'error' in data.details ? data.details.error : undefined;
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function failedInside(data: Finished['data']): boolean {
  return (
    'error' in data.details &&
    'failureType' in data.details.error &&
    data.details.error.failureType === 'subtestsFailed'
  );
}

/** An assertion's message already shows both values; repeating them as properties would bury it. */
function explain(error: unknown): string {
  if (error instanceof Error && error.name === 'AssertionError') return error.stack ?? error.message;
  return typeof error === 'string' ? error : inspect(error, { depth: 3 });
}

function send(line: Line): void {
  writeSync(3, `${JSON.stringify(line)}\n`);
}
