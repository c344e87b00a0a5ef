/** Runs inside each test process: writes one JSON line per finished test to file descriptor 3, for test/run-file.ts. */

import { writeSync } from 'node:fs';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

export interface TestResult {
  outcome: 'passed' | 'failed' | 'skipped';
  /** Suites and test, joined by ` > `. */
  name: string;
  /** Why it was skipped, or the error with its stack. */
  detail: string;
}

/** The last line of a process that came to a proper end. */
export interface EndOfFile {
  outcome: 'end';
}

/** A test holds no result of its own if it merely contains tests; those are reported right before it, deeper. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = [];
  let depthBefore = 0;
  for await (const event of events) {
    if (event.type === 'test:start') path.splice(event.data.nesting, Infinity, event.data.name);
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const hadInside = depthBefore > event.data.nesting;
      const contains = hadInside || event.data.details.type === 'suite';
      depthBefore = event.data.nesting;
      const result = resultOf(event, [...path.slice(0, event.data.nesting), event.data.name].join(' > '));
      // A suite that is skipped as a whole never says how many tests it holds: it counts as one.
      const skippedWhole = result.outcome === 'skipped' && !hadInside;
      const failedItself = result.outcome === 'failed' && !failedInside(event.data);
      if (!contains || skippedWhole || failedItself) send(result);
    }
    if (event.type === 'test:summary') send({ outcome: 'end' });
  }
  yield '';
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

function send(line: TestResult | EndOfFile): void {
  writeSync(3, `${JSON.stringify(line)}\n`);
}
