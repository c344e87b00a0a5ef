import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTextCache } from './cache.ts';

test('keeps what was used last, within its size', () => {
  const cache = createTextCache(100);
  const made: string[] = [];
  const get = (key: string) => cache.get(key, () => (made.push(key), key.repeat(8)));
  for (const key of 'abcdefghijk') get(key);
  get('a');
  for (const key of 'lmnopqrstu') get(key);
  get('b');
  assert.ok(cache.size() <= 100);
  assert.equal(made.filter((key) => key === 'b').length, 2);
  get('u');
  assert.equal(made.filter((key) => key === 'u').length, 1);
});

test('one large result does not push out the others', () => {
  const cache = createTextCache(100);
  cache.get('a', () => 'x');
  cache.get('b', () => 'y'.repeat(50));
  assert.equal(cache.size(), 2);
});
