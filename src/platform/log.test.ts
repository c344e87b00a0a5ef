import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from './errors.ts';
import { createLog, formatLine } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: 'debug', format: 'text' }, { write: (line) => void lines.push(formatLine(line)) }));
  assert.equal(lines.length, 1);
  return lines[0] ?? '';
}

test('whatever comes from outside stays on its line and cannot steer a terminal', () => {
  const line = logged((log) => log.warn({ url: 'http://x/\n12:00:00 error fake' }, 'title \u001B[31mred\r\nmore'));
  assert.equal(line.trimEnd().split('\n').length, 1);
  assert.doesNotMatch(line.trimEnd(), /\p{Cc}/u);
  assert.match(line, /^\d\d:\d\d:\d\d warn {2}title/);
});

test('an error that nobody foresaw shows its stack, one that explains itself does not', () => {
  assert.match(
    logged((log) => log.error({ err: new TypeError('oops') }, 'failed')),
    /error="oops" stack=".*log\.test\.ts/,
  );
  assert.doesNotMatch(
    logged((log) => log.warn({ err: new AppError('upstream', 'arXiv is down') }, 'failed')),
    /stack/,
  );
});

test('an error is told in its own words, not in those of its causes', () => {
  const error = new AppError('upstream', 'arXiv is down.', { cause: new AggregateError([new Error('x')]) });
  assert.match(
    logged((log) => log.warn({ err: error }, 'failed')),
    /error="arXiv is down\."\n$/,
  );
});
