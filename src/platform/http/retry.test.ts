import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backoff, networkFailure, retryAfter } from './retry.ts';

const NOW = Date.parse('2026-01-06T05:00:00Z');

describe('Retry-After', () => {
  it('may be seconds or an HTTP date', () => {
    assert.equal(retryAfter('120', NOW), 120_000);
    assert.equal(retryAfter(' 0 ', NOW), 0);
    assert.equal(retryAfter('Tue, 06 Jan 2026 05:02:00 GMT', NOW), 120_000);
    assert.equal(retryAfter('Tue, 06 Jan 2026 04:00:00 GMT', NOW), 0);
  });

  it('is ignored where it is neither', () => {
    for (const header of [null, '', 'soon', '-5', '1.5'])
      assert.equal(retryAfter(header, NOW), undefined, String(header));
  });
});

it('waits longer after each try, never in step with others', () => {
  assert.deepEqual(
    [1, 2, 3].map((attempt) => backoff(attempt, 10_000, () => 0)),
    [5_000, 10_000, 20_000],
  );
  assert.deepEqual(
    [1, 2, 3].map((attempt) => backoff(attempt, 10_000, () => 1)),
    [10_000, 20_000, 40_000],
  );
});

it('looks behind "fetch failed"', () => {
  const error = new TypeError('fetch failed', {
    cause: Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }),
  });
  assert.deepEqual(networkFailure(error), { reason: 'ENOTFOUND', passing: false });
  const cut = new TypeError('terminated', {
    cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
  });
  assert.deepEqual(networkFailure(cut), { reason: 'UND_ERR_SOCKET', passing: true });
  assert.deepEqual(networkFailure(new TypeError('fetch failed', { cause: new Error('bad port') })), {
    reason: 'bad port',
    passing: false,
  });
});
