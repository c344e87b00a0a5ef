import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

function fake(isTerminal: boolean) {
  const written: string[] = [];
  let at = 1_000_000;
  const io: Io = {
    out: () => undefined,
    err: (text) => void written.push(text),
    isTerminal,
    columns: () => 60,
    signal: () => new AbortController().signal,
    interrupted: () => false,
  };
  return { written, progress: createProgress(io, () => at), pass: (milliseconds: number) => (at += milliseconds) };
}

test('a terminal sees one bar that redraws itself, never wider than the terminal', () => {
  const { written, progress, pass } = fake(true);
  progress.update(0, '0 new');
  progress.update(0.001, 'too soon to draw');
  pass(100);
  progress.update(0.5, `${'many words '.repeat(20)}`);
  progress.end();
  assert.equal(
    written.some((text) => text.includes('too soon')),
    false,
  );
  assert.ok(written.some((text) => text.includes('████████████░░░░░░░░░░░░  50 %')));
  assert.ok(written.every((text) => text.length < 60));
  assert.equal(written.at(-1), '\r\u001B[K');
});

test('a log sees a plain line every ten seconds and no escape codes', () => {
  const { written, progress, pass } = fake(false);
  progress.update(0.1, '100 new');
  pass(10_000);
  progress.update(0.42, '420 new');
  progress.note('file:3: broken');
  progress.end();
  assert.deepEqual(written, ['42 % 420 new\n', 'file:3: broken\n']);
});
