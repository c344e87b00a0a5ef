import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAt } from './schedule.ts';

test('the next time of day is later today or tomorrow', () => {
  const at = (text: string) => Date.parse(text);
  assert.equal(nextAt(at('2026-01-06T12:00:00Z'), [4.5, 10]), at('2026-01-07T04:30:00Z'));
  assert.equal(nextAt(at('2026-01-06T04:00:00Z'), [4.5, 10]), at('2026-01-06T04:30:00Z'));
  assert.equal(nextAt(at('2026-01-06T04:30:00Z'), [4.5, 10]), at('2026-01-06T10:00:00Z'));
});
