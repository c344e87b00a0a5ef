import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Received } from '#platform/http/post-outside.ts';
import { GIVE_UP_MS } from './hook.ts';
import { judgeAnswer, judgeSilence } from './judge.ts';
import type { Tried } from './judge.ts';

const NOW = Date.parse('2026-01-08T12:00:00Z');
const tried = (more: Partial<Tried> = {}): Tried => ({
  kind: 'paper.trending',
  attempts: 1,
  giveUpAt: NOW + GIVE_UP_MS,
  now: NOW,
  random: 1,
  ...more,
});
const answered = (status: number, more: Partial<Received> = {}): Received => ({
  status,
  retryAfter: null,
  location: undefined,
  said: '',
  ...more,
});

describe('what an answer means', () => {
  for (const [status, kind] of [
    ...[200, 201, 202, 204, 299].map((one) => [one, 'delivered'] as const),
    ...[301, 302, 304, 308, 400, 401, 403, 404, 405, 413, 422].map((one) => [one, 'failed'] as const),
    ...[408, 425, 429, 500, 502, 503, 504, 599].map((one) => [one, 'again'] as const),
    ...[410].map((one) => [one, 'gone'] as const),
  ])
    test(`${status}: ${kind}`, () => assert.equal(judgeAnswer(tried(), answered(status)).kind, kind));
});

test('Retry-After is waited for, in seconds or as a date, if it is longer than we would wait', () => {
  const at = (retryAfter: string) => {
    const verdict = judgeAnswer(tried(), answered(429, { retryAfter }));
    return verdict.kind === 'again' ? (verdict.at - NOW) / 1000 : verdict.kind;
  };
  assert.equal(at('120'), 120);
  assert.equal(at('1'), 30);
  assert.equal(at('Thu, 08 Jan 2026 13:00:00 GMT'), 3600);
  assert.equal(at('nonsense'), 30);
  assert.equal(at('99999999'), 'failed', 'longer than it is tried at all');
});

test('ten tries within a day, each later than the one before, and then it is given up', () => {
  let now = NOW;
  const waits: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const verdict = judgeSilence(tried({ attempts, now }), 'no answer');
    if (verdict.kind !== 'again') {
      assert.equal(verdict.kind, 'failed');
      break;
    }
    waits.push(verdict.at - now);
    now = verdict.at;
  }
  assert.equal(waits.length, 9);
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  );
  assert.ok(now - NOW > GIVE_UP_MS * 0.9 && now - NOW < GIVE_UP_MS);
  assert.equal(judgeSilence(tried({ now: NOW + GIVE_UP_MS - 1000 }), '').kind, 'failed');
});

test('a test is tried once', () => {
  assert.equal(judgeAnswer(tried({ kind: 'test' }), answered(503)).kind, 'failed');
  assert.equal(judgeSilence(tried({ kind: 'test' }), 'no answer').kind, 'failed');
});

test('what is said of a failure helps to mend it', () => {
  const words = (received: Received) => {
    const verdict = judgeAnswer(tried(), received);
    return verdict.kind === 'delivered' ? '' : verdict.problem;
  };
  assert.equal(words(answered(400, { said: 'invalid_blocks' })), 'answered 400: invalid_blocks');
  assert.match(words(answered(301, { location: 'https://x.example/' })), /redirects are not followed/);
});
