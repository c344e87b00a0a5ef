/** Where signing in may lead. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { safeNext, signInPath } from './next-path.ts';

test('paths of the site are kept, with their search and mark', () => {
  for (const path of ['/', '/about', '/papers/2310.02541#comments', '/search?q=a+b&sort=new', '/papers/hep-th/9110025'])
    assert.equal(safeNext(path), path);
});

test('whatever leads elsewhere leads to the front page', () => {
  const hostile = [
    undefined,
    '',
    'about',
    'https://evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/./\\evil.example',
    '/..//evil.example',
    '/%2e//evil.example',
    '/a/..//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\0/evil.example',
    '/sign-in',
    '/sign-in?next=/sign-in',
    '/sign-out',
    `/${'a'.repeat(3000)}`,
  ];
  for (const next of hostile) assert.equal(safeNext(next), '/', String(next));
});

test('no text at all leads to another host, however a browser reads it', () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '@',
    ':',
    '\t',
    '\n',
    '?',
    '#',
    'evil.example',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 12 }).map((all) => `/${all.join('')}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const next = safeNext(text);
      assert.equal(new URL(next, 'https://papers.example').origin, 'https://papers.example');
      assert.match(next, /^\/(?![/\\])/);
      assert.equal(safeNext(next), next);
    }),
    { numRuns: 10_000 },
  );
});

test('the way to the sign-in page says where to come back to', () => {
  assert.equal(signInPath('/'), '/sign-in');
  assert.equal(signInPath('/about?a=b'), '/sign-in?next=%2Fabout%3Fa%3Db');
  assert.equal(signInPath('//evil.example'), '/sign-in');
});
